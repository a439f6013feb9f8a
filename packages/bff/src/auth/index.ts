export type { Actor, Bindings } from "./actor.ts";
export { identify } from "./identify.ts";
export { cleanName, nameCookie } from "./name-cookie.ts";
export { mayDo, mayRead, permittedActions } from "./permissions.ts";
