import type { Person } from "@spillway/bff";

/** Names that a person may have, what people call them first. */
const NAMES = ["name", "preferred_username", "email", "sub"] as const;
const MOST_GROUPS = 1_000;

/**
 * Who the claims speak of. Their id is `sub`: names and addresses can be changed, and given to others.
 */
export function personOf(
  claims: Readonly<Record<string, unknown>> & { sub: string },
  groupsClaim: string,
  rolesOf: (groups: readonly string[]) => string[],
): Person {
  const name = NAMES.map((claim) => claims[claim]).find(isFilled) ?? claims.sub;
  return {
    id: claims.sub.slice(0, 200),
    name: name.trim().slice(0, 80),
    roles: rolesOf(groupsOf(claims[groupsClaim])),
    stamp: "oidc",
  };
}

/** A list of texts, or one text; anything else is no group. */
function groupsOf(claim: unknown): string[] {
  const found: unknown[] = Array.isArray(claim) ? claim : [claim];
  return found.filter(isFilled).slice(0, MOST_GROUPS);
}

const isFilled = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";
