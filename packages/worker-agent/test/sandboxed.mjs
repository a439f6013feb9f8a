import { setTimeout as sleep } from "node:timers/promises";

/** A processor in a process of its own, as BullMQ runs files. */
export default async (_job, _token, signal) => {
  await sleep(60_000, undefined, { signal });
};
