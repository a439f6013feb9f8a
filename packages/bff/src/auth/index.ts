export { type Actor, type AuthMode, type Bindings, nobody } from "./actor.ts";
export type { Authenticator, LoginVerdict, SignOn, SignOnFailure, SignOnVerdict } from "./authenticator.ts";
export { identify } from "./identify.ts";
export { createGroupRoles } from "./modes/group-roles.ts";
export { type HostOptions, hostMode } from "./modes/host.ts";
export { openToAll } from "./modes/none.ts";
export { passwordMode } from "./modes/password.ts";
export { proxyMode } from "./modes/proxy.ts";
export { withTokens } from "./modes/tokens.ts";
export { cleanName, nameCookie } from "./name-cookie.ts";
export {
  actionsOf,
  createPolicy,
  EVERYWHERE,
  isRole,
  type Policy,
  type PolicyRules,
  type View,
} from "./policy/index.ts";
export { createSessionDoor, type SessionDoor } from "./sessions/session-door.ts";
export { type Person, Sessions } from "./sessions/sessions.ts";
