import type { Worker } from "@spillway/contract/schemas";

/** Those that were lost and last seen at work after a moment. */
export const lostSince = (workers: readonly Worker[], since: string): Worker[] =>
  workers.filter(({ health, ended_at }) => health === "lost" && ended_at !== null && ended_at >= since);
