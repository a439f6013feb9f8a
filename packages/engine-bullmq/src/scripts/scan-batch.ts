import { HUGE_PAYLOAD_BYTES } from "@spillway/engine";
import { readScript } from "../run-script.ts";
import { LAST_STACK, STACKS_READ_BYTES } from "./job-fields.ts";

/**
 * A batch of a walk through one place. KEYS[1] base; ARGV: place, `set` or `list`, `oldest` or `newest`, count, how many
 * jobs to leave out after the last one seen, score
 * or position of the last job seen ('' at the start), lower and upper bound of the score ('' for none), a part of the
 * id in lower case ('' for any), fields (letters of t p e m w v), then the last ids seen, the very last first.
 *
 * In a set the walk goes on after (score, id), exactly. In a list it looks for the last ids seen: jobs arrive at the
 * head and leave at the tail, so if all of them are gone, everything older is too.
 * Replies {rows, traces, seen, left to see, score or position of the last, its ids, the id just before the first}; rows
 * (of active jobs with the lock's token last) and traces as JSON, which is read several times as fast as as many replies
 * within replies.
 */
export const SCAN_BATCH = readScript(`
${LAST_STACK}
local base, key, kind, oldest = KEYS[1], KEYS[1] .. ARGV[1], ARGV[2], ARGV[3] == 'oldest'
local count, skip, at, low, high, part, fields =
  tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[6], ARGV[7], ARGV[8], ARGV[9], ARGV[10]
local function less(a, b)
  for i = 1, math.min(#a, #b) do
    local x, y = string.byte(a, i), string.byte(b, i)
    if x ~= y then return x < y end
  end
  return #a < #b
end
local function startOfSet()
  local first = 0
  if oldest and low ~= '' then first = redis.call('ZCOUNT', key, '-inf', '(' .. low) end
  if not oldest and high ~= '' then first = redis.call('ZCOUNT', key, '(' .. high, '+inf') end
  if at == '' then return first end
  local id = ARGV[11]
  if redis.call('ZSCORE', key, id) == at then
    return math.max(first, redis.call(oldest and 'ZRANK' or 'ZREVRANK', key, id) + 1)
  end
  local passed = oldest and redis.call('ZCOUNT', key, '-inf', '(' .. at) or redis.call('ZCOUNT', key, '(' .. at, '+inf')
  for _, tie in ipairs(redis.call('ZRANGEBYSCORE', key, at, at)) do
    if oldest and less(tie, id) or not oldest and less(id, tie) then passed = passed + 1 end
  end
  return math.max(first, passed)
end
local function endOfSet()
  if oldest and high ~= '' then return redis.call('ZCOUNT', key, '-inf', high) end
  if not oldest and low ~= '' then return redis.call('ZCOUNT', key, low, '+inf') end
  return redis.call('ZCARD', key)
end
local function slice(first, last)
  if not oldest then return redis.call('LRANGE', key, first, last) end
  local found, turned = redis.call('LRANGE', key, -1 - last, -1 - first), {}
  for i = #found, 1, -1 do turned[#turned + 1] = found[i] end
  return turned
end
local function startOfList(size)
  if at == '' then return 0 end
  local guess = math.max(0, tonumber(at) - 500)
  local near = slice(guess, math.min(size - 1, guess + 1000))
  for i = 11, #ARGV do
    for n, id in ipairs(near) do
      if id == ARGV[i] then return guess + n end
    end
  end
  for i = 11, #ARGV do
    local found = redis.call('LPOS', key, ARGV[i], 'RANK', oldest and -1 or 1)
    if found then return (oldest and size - 1 - found or found) + 1 end
  end
  return oldest and 0 or size
end
local ids, scores, first, finish, before = {}, {}, 0, 0, false
if kind == 'set' then
  first, finish = startOfSet() + skip, endOfSet()
  if first > 0 then before = redis.call(oldest and 'ZRANGE' or 'ZREVRANGE', key, first - 1, first - 1)[1] or false end
  if first < finish then
    local found = redis.call(oldest and 'ZRANGE' or 'ZREVRANGE', key, first, math.min(first + count, finish) - 1, 'WITHSCORES')
    for i = 1, #found, 2 do ids[#ids + 1], scores[#scores + 1] = found[i], found[i + 1] end
  end
else
  finish = redis.call('LLEN', key)
  if finish > 0 then first = startOfList(finish) + skip end
  if first > 0 then before = slice(first - 1, first - 1)[1] or false end
  if first < finish then ids = slice(first, math.min(first + count, finish) - 1) end
end
local function want(letter) return string.find(fields, letter, 1, true) ~= nil end
local small = {}
if want('t') then small[#small + 1] = 'name' end
if want('m') then
  small[#small + 1] = 'timestamp'
  small[#small + 1] = 'processedOn'
  small[#small + 1] = 'finishedOn'
end
if want('w') then small[#small + 1] = 'pb' end
local version = want('v') and #small + 1
if version then
  for i, name in ipairs({'ats', 'atm', 'finishedOn', 'delay'}) do small[version + i - 1] = name end
end
-- What is sent as it is; all further fields are cut or split first.
local plain = #small
if want('e') then small[#small + 1] = 'failedReason' end
local withStack, all = {}, {}
for i, name in ipairs(small) do withStack[i], all[i] = name, name end
withStack[#withStack + 1] = 'stacktrace'
all[#all + 1] = 'stacktrace'
all[#all + 1] = 'data'
-- Errors of one kind differ in what they say and not in where they come from: each trace is sent once.
local traces, traceNumbers = {}, {}
local function splitStack(row, text)
  local stack = lastStackOf(text)
  local cut = string.find(stack, '\\\\n    at ', 1, true)
  local trace = cut and string.sub(stack, cut) or ''
  if not traceNumbers[trace] then
    traces[#traces + 1] = trace
    traceNumbers[trace] = #traces
  end
  row[6], row[7] = cut and string.sub(stack, 1, cut - 1) or stack, traceNumbers[trace]
end
local locks = want('w') and ARGV[1] == 'active'
local function jobRow(id)
  local job, row, names, bytes, stack = base .. id, {id, false, false, 0, false, false, 0}, small, 0, 0
  if locks then
    local lock = redis.pcall('GET', job .. ':lock')
    row[8] = type(lock) == 'string' and lock
  end
  -- The fewest calls for each job: what may be large is measured first, then everything is read at once.
  if want('e') then
    stack = redis.pcall('HSTRLEN', job, 'stacktrace')
    if type(stack) == 'table' then return row end
    if stack > 2 and stack <= ${STACKS_READ_BYTES} then names = withStack else stack = 0 end
  end
  if want('p') then
    bytes = redis.pcall('HSTRLEN', job, 'data')
    if type(bytes) == 'table' then return row end
    row[4] = bytes
    if bytes <= ${HUGE_PAYLOAD_BYTES} then names = all
    else row[3] = string.sub(redis.call('HGET', job, 'data'), 1, ${HUGE_PAYLOAD_BYTES}) end
  end
  if #names == 0 then return row end
  local values = redis.pcall('HMGET', job, unpack(names))
  if values.err then return row end
  if names == all then row[3] = values[#all] end
  if stack > 0 then splitStack(row, values[#small + 1]) end
  if want('e') then
    local reason = values[#small]
    row[5] = reason and string.sub(reason, 1, 4096)
  end
  if version and not (values[version + 3] or values[version]) and redis.call('EXISTS', job) == 0 then return row end
  for i = #values, plain + 1, -1 do values[i] = nil end
  if plain > 0 then row[2] = values end
  return row
end
local rows = {}
for _, id in ipairs(ids) do
  local matches = part == '' or string.find(string.lower(id), part, 1, true) ~= nil
  if matches and string.sub(id, 1, 2) ~= '0:' then rows[#rows + 1] = jobRow(id) end
end
local last = {}
for i = #ids, math.max(1, #ids - 9), -1 do last[#last + 1] = ids[i] end
local function json(array) return #array == 0 and '[]' or cjson.encode(array) end
return {json(rows), json(traces), #ids, math.max(0, finish - first), kind == 'set' and (scores[#scores] or at) or tostring(first + #ids - 1), last, before}
`);
