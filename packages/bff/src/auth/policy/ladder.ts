import { ACTIONS, type Action, actions, ROLES, type Role } from "@spillway/contract/table";
import type { Policy, RoleHolder } from "./policy.ts";

const RISING: readonly string[] = ROLES;

/** Viewer, operator, admin: each may do what the ones before it may, and all see every queue. */
export function createLadder(): Policy {
  const mayDo = (who: RoleHolder, action: Action): true | string =>
    reaches(who, actions[action].role) || `${action} is not allowed to ${rolesOf(who)}.`;
  return {
    mayDo,
    mayRead: (who, { role }) => reaches(who, role),
    sees: () => true,
    permitted: (who) => ACTIONS.filter((action) => mayDo(who, action) === true),
  };
}

function reaches({ roles }: RoleHolder, needed: Role | "anyone"): boolean {
  if (needed === "anyone") return true;
  return Math.max(-1, ...roles.map((role) => RISING.indexOf(role))) >= RISING.indexOf(needed);
}

function rolesOf({ roles }: RoleHolder): string {
  return roles.join(", ") || "no role";
}
