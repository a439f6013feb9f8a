import { ACTIONS, type Action, actions, type Endpoint, ROLES, type Role } from "@spillway/contract/table";

function rankOf(roles: readonly Role[]): number {
  return Math.max(-1, ...roles.map((role) => ROLES.indexOf(role)));
}

/** Whether these roles may do this; nothing that isn't named is allowed. */
export function mayDo(roles: readonly Role[], action: Action): boolean {
  return rankOf(roles) >= ROLES.indexOf(actions[action].role);
}

export function mayRead(roles: readonly Role[], endpoint: Endpoint): boolean {
  return endpoint.role === "anyone" || rankOf(roles) >= ROLES.indexOf(endpoint.role);
}

export function permittedActions(roles: readonly Role[]): Action[] {
  return ACTIONS.filter((action) => mayDo(roles, action));
}
