export { type Actor, type AuthMode, type Bindings, nobody } from "./actor.ts";
export type { Authenticator, LoginVerdict } from "./authenticator.ts";
export { identify } from "./identify.ts";
export { openToAll } from "./modes/none.ts";
export { cleanName, nameCookie } from "./name-cookie.ts";
export { createLadder, type Policy } from "./policy/index.ts";
