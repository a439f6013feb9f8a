import { promote } from "bullmq/dist/cjs/scripts/promote-9.js";
import { removeJob } from "bullmq/dist/cjs/scripts/removeJob-2.js";
import { reprocessJob } from "bullmq/dist/cjs/scripts/reprocessJob-9.js";
import { writeScript } from "../run-script.ts";
import { STATE_OF } from "./state-of.ts";

/**
 * BullMQ's own Lua, unmodified, as a function of KEYS and ARGV, behind a guard that runs in the same script: the
 * job must exist, be at the expected version, and be in a state in which this can be done. BullMQ's own check is of
 * the state alone, so a job that was retried and failed again meanwhile would pass it.
 *
 * KEYS[1] base; ARGV: id, expected version or '', then what the action needs.
 * Replies {outcome, state, version}: outcome `done`, `gone`, `conflict`, or `refused:<code>`.
 */
function guarded(bullmqLua: string, allowed: string, call: string): string {
  return `
${STATE_OF}
local function act(KEYS, ARGV)
${bullmqLua}
end
local base, id, expected = KEYS[1], ARGV[1], ARGV[2]
local key = base .. id
local state = stateOf(base, id)
if not state then return {'gone', false, false} end
local version = versionOf(state, key)
if expected ~= '' and expected ~= version then return {'conflict', state, version} end
if not (${allowed}) then return {'conflict', state, version} end
${call}
`;
}

/** BullMQ's promote answers 0 when it did it, as does nothing else. */
export const GUARDED_PROMOTE = writeScript(
  guarded(
    promote.content,
    "state == 'delayed'",
    `
local code = act({base .. 'delayed', base .. 'wait', base .. 'paused', base .. 'meta', base .. 'prioritized',
  base .. 'active', base .. 'pc', base .. 'events', base .. 'marker'}, {base, id})
if code ~= 0 then return {'refused:' .. code, state, version} end
return {'done', 'waiting', versionOf('waiting', key)}`,
  ),
);

/** ARGV[3]: `1` to give all attempts back. Attempts started are never reset: they make versions differ. */
export const GUARDED_RETRY = writeScript(
  guarded(
    reprocessJob.content,
    "state == 'failed'",
    `
local push, options = 'LPUSH', redis.call('HGET', key, 'opts')
local readable, decoded = pcall(cjson.decode, options or '')
if readable and type(decoded) == 'table' and decoded['lifo'] == true then push = 'RPUSH' end
local code = act({key, base .. 'events', base .. 'failed', base .. 'wait', base .. 'meta', base .. 'active',
  base .. 'marker', base .. 'prioritized', base .. 'pc'}, {id, push, 'failedReason', 'failed', ARGV[3], '0'})
if code == -1 then return {'gone', false, false} end
if code ~= 1 then return {'refused:' .. code, state, version} end
return {'done', 'waiting', versionOf('waiting', key)}`,
  ),
);

/** Children stay: BullMQ's default would delete them in other queues too. */
export const GUARDED_REMOVE = writeScript(
  guarded(
    removeJob.content,
    "state ~= 'active'",
    `
if not isHash(key) and redis.call('EXISTS', key) == 1 then return {'refused:not_a_job', state, version} end
local code = act({key, base .. 'repeat'}, {id, '0', base})
if code ~= 1 then return {'refused:' .. code, state, version} end
return {'done', false, false}`,
  ),
);
