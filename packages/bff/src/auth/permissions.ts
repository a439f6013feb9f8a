import { ACTIONS, type Action, actions, type Endpoint, ROLES } from "@spillway/contract/table";

const RISING: readonly string[] = ROLES;

function rankOf(roles: readonly string[]): number {
  return Math.max(-1, ...roles.map((role) => RISING.indexOf(role)));
}

/** Whether these roles may do this; nothing that isn't named is allowed. */
export function mayDo(roles: readonly string[], action: Action): boolean {
  return rankOf(roles) >= RISING.indexOf(actions[action].role);
}

export function mayRead(roles: readonly string[], endpoint: Endpoint): boolean {
  return endpoint.role === "anyone" || rankOf(roles) >= ROLES.indexOf(endpoint.role);
}

export function permittedActions(roles: readonly string[]): Action[] {
  return ACTIONS.filter((action) => mayDo(roles, action));
}
