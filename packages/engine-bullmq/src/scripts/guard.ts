import { FIND_IN_LISTS } from "./find-in-lists.ts";
import { NO_WRITES } from "./no-writes.ts";
import { STATE_OF } from "./state-of.ts";

/**
 * Lua: the guard before everything that is done to a job, in the same script. The job must exist, be at the expected
 * version, and be in a state in which this can be done; BullMQ's own check is of the state alone, so a job that was
 * retried and failed again meanwhile would pass it. Needs `base`, `together` and `lookThrough`; what is done is one of
 * acts.ts.
 *
 * `attempt` answers {outcome, state, version}: outcome `done`, `gone`, `conflict`, `refused:<code>`, `error:<what Redis
 * said>`, or `elsewhere` if it is in no place that is looked up at once. An error in the middle of one job leaves the
 * others alone; one that says that Redis takes no writes at all ends the script.
 */
export function guarded(act: string): string {
  return `
${STATE_OF}
${FIND_IN_LISTS}
local acted = false
${act}
${NO_WRITES}
local function failure(id, reply, state, version)
  if not acted and isNoWrites(reply) then error(reply) end
  unstrike(id)
  return {'error:' .. textOf(reply), state, version}
end
local function attempt(id, expected, hint)
  local state, place = whereabouts(id, hint)
  local key = base .. id
  if state == 'unsure' then
    local isRecord = redis.call('EXISTS', key) == 1
    if isRecord or expected == '' or string.sub(expected, -11) == ':unreadable' then return {'elsewhere', false, false} end
    return {'gone', false, false}
  end
  if not state then return {'gone', false, false} end
  local version = versionOf(state, key)
  if expected ~= '' and expected ~= version then return {'conflict', state, version} end
  if not allowed(state) then return {'conflict', state, version} end
  local ran, reply = pcall(act, id, key, state, version, place)
  if not ran then return failure(id, reply, state, version) end
  acted = acted or reply[1] == 'done'
  return reply
end
`;
}
