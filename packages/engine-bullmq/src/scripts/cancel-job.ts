import { CANCEL, REQUEST_TTL_MS, WORKERS } from "@spillway/worker-agent/protocol";
import { SILENT_AFTER_MS } from "../agents.ts";
import { writeScript } from "../run-script.ts";
import { STATE_OF } from "./state-of.ts";

/**
 * Ends a job that is not running: it goes to `failed` with its evidence and nothing runs it by itself. BullMQ has
 * no such step. Of one that runs, the agent of exactly the worker that holds its lock is asked, for exactly this run.
 * KEYS[1] base; ARGV: id, expected version or '', now (ms), reason, id of such a request.
 *
 * A parent hears of it as it would of a failed child: not at all, unless the child was added with a rule for
 * failures (then: refused, the rule is BullMQ's to apply). A parent that waits for children may be cancelled:
 * BullMQ moves it on only out of `waiting-children`.
 *
 * Replies {outcome, state, version}; of a running job {`asked` or `active`, state, version, lock, worker name, report of
 * the worker's agent, ms of Redis' clock}.
 */
export const CANCEL_JOB = writeScript(`
${STATE_OF}
local base, id, expected, now, reason = KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local key = base .. id
local state = stateOf(base, id)
if not state then return {'gone', false, false} end
local version = versionOf(state, key)
if expected ~= '' and expected ~= version then return {'conflict', state, version} end
if state == 'completed' or state == 'failed' then return {'conflict', state, version} end
if not isHash(key) then return {'refused:unreadable', state, version} end
if state == 'active' then
  local lock = redis.call('GET', key .. ':lock')
  local name, attempt = unpack(redis.call('HMGET', key, 'pb', 'ats'))
  local holder = lock and string.match(lock, '^(.+):[^:]*$')
  local agents = holder and redis.call('TYPE', base .. '${WORKERS}').ok == 'hash'
  local report = agents and redis.call('HGET', base .. '${WORKERS}', holder)
  local time = redis.call('TIME')
  local redisNow = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
  local running = {'active', state, version, lock, name or false, report or false, redisNow}
  local beatAt = report and tonumber(string.match(report, '^(%d+) ') or '0')
  if not report or redisNow - beatAt > ${SILENT_AFTER_MS} then return running end
  local function says(field) return string.find(report, '"' .. field .. '":true', 1, true) end
  if says('stopped') or not says('cancels') then return running end
  local requests = base .. '${CANCEL}' .. holder
  redis.call('HSET', requests, ARGV[5],
    cjson.encode({jobId = id, token = lock, attempt = tonumber(attempt or '0'), reason = reason}))
  redis.call('PEXPIRE', requests, ${REQUEST_TTL_MS})
  running[1] = 'asked'
  return running
end
local f = redis.call('HMGET', key, 'rjk', 'parent', 'deid', 'stacktrace')
if f[1] then
  local next = redis.call('ZSCORE', base .. 'repeat', f[1])
  if next and id == 'repeat:' .. f[1] .. ':' .. next then return {'refused:-8', state, version} end
end
if f[2] then
  local readable, parent = pcall(cjson.decode, f[2])
  if not readable or parent['fpof'] or parent['cpof'] or parent['idof'] or parent['rdof'] then
    return {'refused:child', state, version}
  end
end
local prev = 'waiting'
if redis.call('ZREM', base .. 'delayed', id) == 1 then prev = 'delayed'
elseif redis.call('ZREM', base .. 'waiting-children', id) == 1 then prev = 'waiting-children'
elseif redis.call('ZREM', base .. 'prioritized', id) == 1 then prev = 'prioritized'
elseif redis.call('LREM', base .. 'wait', 1, id) == 0 then redis.call('LREM', base .. 'paused', 1, id) end
if f[3] and redis.call('GET', base .. 'de:' .. f[3]) == id then redis.call('DEL', base .. 'de:' .. f[3]) end
local readable, stacks = pcall(cjson.decode, f[4] or '[]')
if not readable or type(stacks) ~= 'table' then stacks = {} end
stacks[#stacks + 1] = 'Cancelled: ' .. reason
redis.call('HSET', key, 'failedReason', reason, 'finishedOn', now, 'delay', 0, 'stacktrace', cjson.encode(stacks))
redis.call('ZADD', base .. 'failed', now, id)
redis.call('XADD', base .. 'events', 'MAXLEN', '~', redis.call('HGET', base .. 'meta', 'opts.maxLenEvents') or 10000,
  '*', 'event', 'failed', 'jobId', id, 'failedReason', reason, 'prev', prev)
return {'done', 'failed', versionOf('failed', key)}
`);
