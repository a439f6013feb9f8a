export { createPolicy } from "./create-policy.ts";
export type { Policy, View } from "./policy.ts";
export { actionsOf, EVERYWHERE, isRole, type PolicyRules } from "./rules.ts";
