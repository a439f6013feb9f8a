import { startWaits, type WaitsOf } from "./waits-of.ts";

/** Another client that pings Redis all the time; its waits are those for the answers. */
export type PingWatch = WaitsOf;

/** Starts it. */
export function watchPings(redisUrl: string): Promise<PingWatch> {
  return startWaits("ping-process.ts", [redisUrl]);
}
