/** BullMQ ships its Lua as modules without types. The version is pinned and the texts are tested by their hash. */
interface BullmqScript {
  readonly name: string;
  readonly content: string;
  readonly keys: number;
}
declare module "bullmq/dist/cjs/scripts/reprocessJob-9.js" {
  export const reprocessJob: BullmqScript;
}
declare module "bullmq/dist/cjs/scripts/removeJob-2.js" {
  export const removeJob: BullmqScript;
}
declare module "bullmq/dist/cjs/scripts/promote-9.js" {
  export const promote: BullmqScript;
}
declare module "bullmq/dist/cjs/scripts/pause-7.js" {
  export const pause: BullmqScript;
}
declare module "bullmq/dist/cjs/scripts/removeJobScheduler-3.js" {
  export const removeJobScheduler: BullmqScript;
}
declare module "bullmq/dist/cjs/scripts/releaseParentIfNoPendingDependencies-2.js" {
  export const releaseParentIfNoPendingDependencies: BullmqScript;
}
