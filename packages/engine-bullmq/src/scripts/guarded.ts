import { writeScript } from "../run-script.ts";
import { PROMOTE_ACT, REMOVE_ACT, RETRY_ACT } from "./acts.ts";
import { guarded } from "./guard.ts";

/**
 * Something done to one job behind the guard. KEYS[1] base; ARGV: id, expected version or '', then what the act needs.
 * Replies {outcome, state, version}; see guard.ts.
 */
export function onOneJob(act: string) {
  return writeScript(`
local base, option, reason = KEYS[1], ARGV[3], ARGV[4]
local together, lookThrough = false, true
${guarded(act)}
local reply = attempt(ARGV[1], ARGV[2], '')
sweep()
return reply
`);
}

/** ARGV[3]: `1` to give all attempts back. */
export const GUARDED_RETRY = onOneJob(RETRY_ACT);
export const GUARDED_PROMOTE = onOneJob(PROMOTE_ACT);
export const GUARDED_REMOVE = onOneJob(REMOVE_ACT);
