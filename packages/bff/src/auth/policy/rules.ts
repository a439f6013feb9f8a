import { ACTIONS, type Action, actions, ROLES, type Role } from "@spillway/contract/table";
import { glob } from "./glob.ts";

/** Which actions on which queues. Patterns: `*` stands for anything. */
export interface Rule {
  /** `job.retry`, `job.*`, `*`, or `destructive` for all that destroy. */
  actions: readonly string[];
  queues: readonly string[];
}

export interface RoleRules {
  /** Queues that exist for whoever has this role. */
  sees: readonly string[];
  allow: readonly Rule[];
  /** Wins over what any of somebody's roles allows. */
  deny: readonly Rule[];
}

/** Where a reason must be given. */
export interface ReasonRule extends Rule {
  /** Of whom; none: of everyone. */
  roles?: readonly string[] | undefined;
}

export interface PolicyRules {
  /** By name; viewer, operator and admin are there unless they are given anew. */
  roles?: Readonly<Record<string, RoleRules>>;
  /** Nothing may be done at all. */
  readOnly?: boolean;
  /** Queues on which nothing may be done. */
  readOnlyQueues?: readonly string[];
  reasonRequired?: readonly ReasonRule[];
}

export const EVERYWHERE = ["*"];

/** The actions that a pattern names; none if it is a mistake. */
export function actionsOf(pattern: string): Action[] {
  if (pattern === "destructive") return ACTIONS.filter((action) => actions[action].destructive);
  return ACTIONS.filter(glob(pattern));
}

export function isRole({ roles = {} }: PolicyRules, name: string): boolean {
  return Object.hasOwn(BUILT_IN, name) || Object.hasOwn(roles, name);
}

/** What each role may do that needs no file: all see every queue, each may do what the ones before it may. */
export const BUILT_IN: Readonly<Record<Role, RoleRules>> = {
  viewer: upTo("viewer"),
  operator: upTo("operator"),
  admin: upTo("admin"),
};

function upTo(role: Role): RoleRules {
  const rank = ROLES.indexOf(role);
  const within = ACTIONS.filter((action) => {
    const needed = actions[action].role;
    return needed === "anyone" || ROLES.indexOf(needed) <= rank;
  });
  return { sees: EVERYWHERE, allow: [{ actions: within, queues: EVERYWHERE }], deny: [] };
}
