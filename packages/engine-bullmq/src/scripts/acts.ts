import { promote } from "bullmq/dist/cjs/scripts/promote-9.js";
import { removeJob } from "bullmq/dist/cjs/scripts/removeJob-2.js";
import { reprocessJob } from "bullmq/dist/cjs/scripts/reprocessJob-9.js";
import { HELD_KEYS } from "./held-keys.ts";

/**
 * What can be done to a job, each as Lua for the guard in guard.ts: `allowed` says in which states, `act` does it. Where
 * BullMQ has such a step, `act` calls BullMQ's own text, unmodified, as a function of KEYS and ARGV.
 * `act` answers {outcome, state, version}; outcome `done`, `gone`, or `refused:<code>`.
 */

/** `option`: `1` to give all attempts back. Attempts started are never reset: they make versions differ. */
export const RETRY_ACT = `
local function bullmq(KEYS, ARGV)
${reprocessJob.content}
end
local function allowed(state) return state == 'failed' end
local function act(id, key, state, version)
  local push, options = 'LPUSH', redis.call('HGET', key, 'opts')
  if options and string.find(options, '"lifo"', 1, true) then
    local readable, decoded = pcall(cjson.decode, options)
    if readable and type(decoded) == 'table' and decoded['lifo'] == true then push = 'RPUSH' end
  end
  local code = bullmq({key, base .. 'events', base .. 'failed', base .. 'wait', base .. 'meta', base .. 'active',
    base .. 'marker', base .. 'prioritized', base .. 'pc'}, {id, push, 'failedReason', 'failed', option, '0'})
  if code == -1 then return {'gone', false, false} end
  if code ~= 1 then return {'refused:' .. code, state, version} end
  return {'done', 'waiting', versionOf('waiting', key)}
end
`;

/** BullMQ's promote answers 0 when it did it, as does nothing else. */
export const PROMOTE_ACT = `
local function bullmq(KEYS, ARGV)
${promote.content}
end
local function allowed(state) return state == 'delayed' end
local function act(id, key, state, version)
  local code = bullmq({base .. 'delayed', base .. 'wait', base .. 'paused', base .. 'meta', base .. 'prioritized',
    base .. 'active', base .. 'pc', base .. 'events', base .. 'marker'}, {base, id})
  if code ~= 0 then return {'refused:' .. code, state, version} end
  return {'done', 'waiting', versionOf('waiting', key)}
end
`;

/**
 * Children stay: BullMQ's default would delete them in other queues too. BullMQ takes a job out of a list by LREM from the
 * head, however long that is; here its LREM is answered by striking the job, whose position is known. Its RPUSH is of a
 * parent that waits for nothing more, which may be among the jobs to be removed.
 */
export const REMOVE_ACT = `
local place
local function remove(name, id) return place.list == name and strike(name, id, place.index) or 0 end
local function bullmq(KEYS, ARGV)
local redis = {call = function(command, key, ...)
  if command == 'LREM' and key == base .. 'wait' then return remove('wait', ARGV[1]) end
  if command == 'LREM' and key == base .. 'paused' then return remove('paused', ARGV[1]) end
  local reply = redis.call(command, key, ...)
  if command == 'RPUSH' and key == base .. 'wait' then arrived('wait', ..., reply) end
  return reply
end}
${removeJob.content}
end
local function allowed(state) return state ~= 'active' end
local function act(id, key, state, version, at)
  place = at
  if not isHash(key) and redis.call('EXISTS', key) == 1 then return {'refused:not_a_job', state, version} end
  local code = bullmq({key, base .. 'repeat'}, {id, '0', base})
  if code ~= 1 then return {'refused:' .. code, state, version} end
  return {'done', false, false}
end
`;

/** Lua: is this the next run of a schedule? As BullMQ asks before it removes a job. */
const IS_NEXT_RUN = `
local function isNextRun(id, schedule)
  local next = schedule and redis.call('ZSCORE', base .. 'repeat', schedule)
  return next and id == 'repeat:' .. schedule .. ':' .. next
end
`;

/**
 * Ends a job that is not running: it goes to `failed` with its evidence and nothing runs it by itself. BullMQ has
 * no such step. `option`: now (ms); `reason`.
 *
 * A parent hears of it as it would of a failed child: not at all, unless the child was added with a rule for
 * failures (then: refused, the rule is BullMQ's to apply). A parent that waits for children may be cancelled:
 * BullMQ moves it on only out of `waiting-children`.
 */
export const CANCEL_ACT = `
${IS_NEXT_RUN}
local PREVIOUS = {wait = 'waiting', paused = 'waiting'}
local function allowed(state) return state ~= 'completed' and state ~= 'failed' end
local function act(id, key, state, version, place)
  if not isHash(key) then return {'refused:unreadable', state, version} end
  if state == 'active' then return whileActive(id, key, version) end
  local f = redis.call('HMGET', key, 'rjk', 'parent', 'deid', 'stacktrace')
  if isNextRun(id, f[1]) then return {'refused:-8', state, version} end
  if f[2] then
    local readable, parent = pcall(cjson.decode, f[2])
    if not readable or parent['fpof'] or parent['cpof'] or parent['idof'] or parent['rdof'] then
      return {'refused:child', state, version}
    end
  end
  if place.set then redis.call('ZREM', base .. place.set, id) else strike(place.list, id, place.index) end
  if f[3] and redis.call('GET', base .. 'de:' .. f[3]) == id then redis.call('DEL', base .. 'de:' .. f[3]) end
  local readable, stacks = pcall(cjson.decode, f[4] or '[]')
  if not readable or type(stacks) ~= 'table' then stacks = {} end
  stacks[#stacks + 1] = 'Cancelled: ' .. reason
  redis.call('HSET', key, 'failedReason', reason, 'finishedOn', option, 'delay', 0, 'stacktrace', cjson.encode(stacks))
  redis.call('ZADD', base .. 'failed', option, id)
  redis.call('XADD', base .. 'events', 'MAXLEN', '~', redis.call('HGET', base .. 'meta', 'opts.maxLenEvents') or 10000,
    '*', 'event', 'failed', 'jobId', id, 'failedReason', reason, 'prev', PREVIOUS[place.list] or place.set)
  return {'done', 'failed', versionOf('failed', key)}
end
`;

/**
 * Moves a job aside, into the hold `holdId`: out of its place, with its score there or its order among the others that
 * are held. `option`: now (ms); `holdUntil`. What BullMQ would refuse to remove is refused. BullMQ has no event for it.
 */
export const HOLD_ACT = `
${HELD_KEYS}
${IS_NEXT_RUN}
local fromLists, holdsNew, prioritized = {wait = {}, paused = {}}, false, false
local function allowed(state) return state ~= 'active' end
local function act(id, key, state, version, place)
  if isHash(key) then
    if isNextRun(id, redis.call('HGET', key, 'rjk')) then return {'refused:-8', state, version} end
  elseif redis.call('EXISTS', key) == 1 then return {'refused:not_a_job', state, version} end
  if redis.call('EXISTS', key .. ':lock') == 1 then return {'refused:0', state, version} end
  if place.set then
    prioritized = prioritized or place.set == 'prioritized'
    redis.call('ZREM', base .. place.set, id)
    redis.call('ZADD', heldKey(holdId, place.set, 0), place.score, id)
  else
    strike(place.list, id, place.index)
    table.insert(fromLists[place.list], {place.index, id})
  end
  holdsNew = true
  return {'done', false, false}
end
local function madeAt(id) return tonumber(redis.pcall('HGET', base .. id, 'timestamp') or 0) or 0 end
-- Newest first, like the list they come from; before or behind those that are held already, whichever they are.
local function holdFromList(name, found)
  table.sort(found, function(a, b) return a[1] < b[1] end)
  local key = heldKey(holdId, name, 0)
  local newest = redis.call('LINDEX', key, 0)
  if newest and madeAt(found[#found][2]) >= madeAt(newest) then
    for i = #found, 1, -1 do redis.call('LPUSH', key, found[i][2]) end
  else
    for _, job in ipairs(found) do redis.call('RPUSH', key, job[2]) end
  end
end
local function finish()
  for name, found in pairs(fromLists) do
    if #found > 0 then holdFromList(name, found) end
  end
  if holdsNew then recordHold(holdId, holdUntil, option, prioritized) end
end
`;
