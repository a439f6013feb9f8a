import { pause } from "bullmq/dist/cjs/scripts/pause-7.js";
import { writeScript } from "../run-script.ts";

/**
 * BullMQ's own unmodified Lua behind a check that the queue exists. KEYS[1] base; ARGV: `paused` or `resumed`, `1` to
 * tell listeners. Replies -1 if there is no such queue, else how many jobs an older fleet's paused list still holds.
 */
export const SET_PAUSED = writeScript(`
local function act(KEYS, ARGV)
${pause.content}
end
local base = KEYS[1]
if redis.call('EXISTS', base .. 'meta') == 0 then return -1 end
local from, to = 'wait', 'paused'
if ARGV[1] == 'resumed' then from, to = 'paused', 'wait' end
return act({base .. from, base .. to, base .. 'meta', base .. 'prioritized', base .. 'events', base .. 'delayed',
  base .. 'marker'}, ARGV)
`);
