import { startWaits, type WaitsOf } from "./waits-of.ts";

export interface Looking {
  viewers: number;
  /** Each asks for this … */
  path: string;
  /** … again after so long, ms. */
  everyMs: number;
  /** What each keeps open beside it. */
  stream?: string;
}

/** Lets people look at a board until it is disposed of. They have all come when `everyMs` is over. */
export function startViewers(url: string, looking: Looking): Promise<WaitsOf> {
  const { viewers, path, everyMs, stream = "" } = looking;
  return startWaits("viewers-process.ts", [url, String(viewers), String(everyMs), path, stream]);
}
