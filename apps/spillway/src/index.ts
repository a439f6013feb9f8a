export { createSpillway } from "./embed/create-spillway.ts";
export type * from "./embed/public-types.ts";
