export { createLadder } from "./ladder.ts";
export type { Policy } from "./policy.ts";
