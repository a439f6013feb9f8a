import { WORKERS } from "@spillway/worker-agent/protocol";
import { readScript } from "../run-script.ts";

/** How many of a queue's active jobs a snapshot names. */
export const ACTIVE_SAMPLE = 200;
/** How many jobs at the running end of a queue are asked since when they wait. */
const OLDEST_SAMPLE = 5;

/**
 * All of one queue that a snapshot shows. KEYS[1] base; ARGV[1]: `1` to tell of agents too. Counting never pops the
 * marker that older BullMQ left at the end of `wait`, as BullMQ's own counting may. Replies
 * {exists, counts…, meta, candidates, active, agents: {ms of Redis' clock, worker id, report, worker id, report…}}.
 */
export const QUEUE_SUMMARY = readScript(`
local base = KEYS[1]
local function list(name)
  local n = redis.call('LLEN', base .. name)
  if n > 0 and string.sub(redis.call('LINDEX', base .. name, -1), 1, 2) == '0:' then n = n - 1 end
  return n
end
local function set(name) return redis.call('ZCARD', base .. name) end
local function hash(id) return redis.call('TYPE', base .. id).ok == 'hash' end
local function candidate(id)
  local key = base .. id
  if not hash(id) then return {id} end
  local f = redis.call('HMGET', key, 'timestamp', 'ats', 'atm', 'stacktrace')
  local options = ''
  if redis.call('HSTRLEN', key, 'opts') <= 16384 then options = redis.call('HGET', key, 'opts') or '' end
  local had = redis.call('EXISTS', key .. ':processed', key .. ':failed', key .. ':dependencies')
  return {id, f[1], f[2], f[3], f[4] and 1 or 0, options, had}
end
local oldest = {}
local function consider(ids)
  for _, id in ipairs(ids) do oldest[#oldest + 1] = candidate(id) end
end
consider(redis.call('LRANGE', base .. 'wait', -${OLDEST_SAMPLE}, -1))
consider(redis.call('LRANGE', base .. 'paused', -1, -1))
consider(redis.call('ZRANGE', base .. 'prioritized', 0, 0))
local last = redis.call('ZREVRANGE', base .. 'prioritized', 0, 0, 'WITHSCORES')
if last[2] then
  local floor = math.floor(tonumber(last[2]) / 4294967296) * 4294967296
  consider(redis.call('ZRANGEBYSCORE', base .. 'prioritized', string.format('%.0f', floor), '+inf', 'LIMIT', 0, 1))
end
local active = {}
for _, id in ipairs(redis.call('LRANGE', base .. 'active', -${ACTIVE_SAMPLE}, -1)) do
  if hash(id) then
    local f = redis.call('HMGET', base .. id, 'name', 'processedOn', 'pb')
    local lock = redis.call('GET', base .. id .. ':lock')
    active[#active + 1] = {id, f[1], f[2], f[3], lock, lock and redis.call('PTTL', base .. id .. ':lock') or -1}
  end
end
local meta = {}
if redis.call('TYPE', base .. 'meta').ok == 'hash' then
  meta = redis.call('HMGET', base .. 'meta', 'paused', 'concurrency', 'max', 'duration')
end
local agents = {}
if ARGV[1] == '1' and redis.call('TYPE', base .. '${WORKERS}').ok == 'hash' then
  local time = redis.call('TIME')
  agents = redis.call('HGETALL', base .. '${WORKERS}')
  table.insert(agents, 1, string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000)))
end
return {redis.call('EXISTS', base .. 'meta'),
  {list('wait') + list('paused') + set('prioritized'), list('active'), set('delayed'), set('waiting-children'),
   set('completed'), set('failed')},
  {meta[1] or false, meta[2] or false, meta[3] or false, meta[4] or false}, oldest, active, agents}
`);
