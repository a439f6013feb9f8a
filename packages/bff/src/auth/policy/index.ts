export { createPolicy } from "./create-policy.ts";
export type { Policy, View } from "./policy.ts";
export { EVERYWHERE } from "./rules.ts";
