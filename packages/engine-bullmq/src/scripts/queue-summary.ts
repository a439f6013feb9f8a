import { WORKERS } from "@spillway/worker-agent/protocol";
import { readScript } from "../run-script.ts";

/** How many of a queue's active jobs a snapshot names. */
export const ACTIVE_SAMPLE = 200;
/** How many jobs at the running end of a queue are asked since when they wait, at most. */
const OLDEST_SAMPLE = 5;

/**
 * All that a snapshot shows of some queues. KEYS their bases; ARGV[1]: `1` to tell of agents too, then of
 * each queue the score below which a failed job is kept too long, or nothing. Counting never pops the
 * marker that older BullMQ left at the end of `wait`, as BullMQ's own counting may. Replies for each queue
 * {exists, counts…, meta, candidates, active, agents: {ms of Redis' clock, worker id, report, worker id, report…}, aged}.
 *
 * Jobs are pushed at one end and taken from the other, so whoever waits plainly has waited longer than all behind it, and
 * they need not be looked at. What lies is not plain: whoever ran or was delayed before, and whoever was pushed in front.
 */
export const QUEUE_SUMMARY = readScript(`
local base
local function fields(key, ...)
  local reply = redis.pcall('HMGET', key, ...)
  return not reply.err and reply or nil
end
local function isDelayed(options)
  if not string.find(options, '"delay"', 1, true) then return false end
  local ok, parsed = pcall(cjson.decode, options)
  return not ok or type(parsed) ~= 'table' or (parsed.delay and parsed.delay ~= 0)
end
local function candidate(id)
  local key = base .. id
  local f = fields(key, 'timestamp', 'ats', 'atm')
  if not f or not f[1] then return {id}, false end
  local options, ran = '', (tonumber(f[2]) or 0) > 0 or (tonumber(f[3]) or 0) > 0
  if ran then return {id, f[1], f[2], f[3], 0, '', 0}, false end
  local failed = true
  if redis.call('HSTRLEN', key, 'opts') <= 16384 then
    local more = redis.call('HMGET', key, 'opts', 'stacktrace')
    options, failed = more[1] or '', more[2] and true or false
  end
  local had = redis.call('EXISTS', key .. ':processed', key .. ':failed', key .. ':dependencies')
  local plain = not failed and had == 0 and options ~= '' and
    not string.find(options, '"lifo"', 1, true) and not isDelayed(options)
  return {id, f[1], f[2], f[3], failed and 1 or 0, options, had}, plain
end
local function isMarker(id) return id and string.sub(id, 1, 2) == '0:' end
local function list(name, sample)
  local ids = redis.call('LRANGE', base .. name, -sample, -1)
  local n = #ids
  if n == sample then n = redis.call('LLEN', base .. name) end
  if isMarker(ids[#ids]) then n = n - 1 end
  return n, ids
end
local function set(name) return redis.call('ZCARD', base .. name) end
local function consider(oldest, ids)
  for i = #ids, 1, -1 do
    local row, plain = candidate(ids[i])
    oldest[#oldest + 1] = row
    if plain then return end
  end
end
local function considerPrioritized(oldest)
  local key = base .. 'prioritized'
  consider(oldest, redis.call('ZRANGE', key, 0, 0))
  local last = redis.call('ZREVRANGE', key, 0, 0, 'WITHSCORES')
  local floor = math.floor(tonumber(last[2]) / 4294967296) * 4294967296
  consider(oldest, redis.call('ZRANGEBYSCORE', key, string.format('%.0f', floor), '+inf', 'LIMIT', 0, 1))
end
local function activeJob(id)
  local f = fields(base .. id, 'name', 'processedOn', 'pb')
  if not f then return nil end
  local lock = redis.call('GET', base .. id .. ':lock')
  if not f[1] and not f[2] and not lock and redis.call('EXISTS', base .. id) == 0 then return nil end
  return {id, f[1], f[2], f[3], lock, lock and redis.call('PTTL', base .. id .. ':lock') or -1}
end
local function agents()
  local reply = ARGV[1] == '1' and redis.pcall('HGETALL', base .. '${WORKERS}') or {}
  if reply.err or #reply == 0 then return {} end
  local time = redis.call('TIME')
  table.insert(reply, 1, string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000)))
  return reply
end
local function summary(oldestKept)
  local oldest, running = {}, {}
  local wait, waitEnd = list('wait', ${OLDEST_SAMPLE})
  local paused, pausedEnd = list('paused', 1)
  local prioritized = set('prioritized')
  consider(oldest, waitEnd)
  consider(oldest, pausedEnd)
  if prioritized > 0 then considerPrioritized(oldest) end
  local active, ids = list('active', ${ACTIVE_SAMPLE})
  for _, id in ipairs(ids) do running[#running + 1] = activeJob(id) end
  local kind, meta = redis.call('TYPE', base .. 'meta').ok, {}
  if kind == 'hash' then meta = fields(base .. 'meta', 'paused', 'concurrency', 'max', 'duration') end
  return {kind == 'none' and 0 or 1,
    {wait + paused + prioritized, active, set('delayed'), set('waiting-children'), set('completed'), set('failed')},
    {meta[1] or false, meta[2] or false, meta[3] or false, meta[4] or false}, oldest, running, agents(),
    oldestKept ~= '' and redis.call('ZCOUNT', base .. 'failed', '-inf', oldestKept) or 0}
end
local replies = {}
for n, key in ipairs(KEYS) do
  base = key
  replies[n] = summary(ARGV[n + 1] or '')
end
return replies
`);
