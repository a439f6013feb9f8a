/**
 * Lua: where a batch of a walk through one place lies. KEYS[1] base; ARGV: place, `set` or `list`, `oldest` or `newest`, count,
 * how many jobs to leave out after the last one seen, score or position of the last job seen ('' at the start), lower and
 * upper bound of the score ('' for none), a part of the id and one of the payload in lower case ('' for any), fields (letters of
 * t p e m f w v), then the last ids seen, the very last first.
 *
 * In a set the walk goes on after (score, id), exactly. In a list it looks for the last ids seen: jobs arrive at the head
 * and leave at the tail, so if all of them are gone, everything older is too. Leaves `ids`, in a set `scores` if finish times are
 * wanted and `withScores` is true (they cost as much as all else), `first` (how many jobs come before them), and `walked`: {jobs in the batch, left to
 * see, score or position of the last, the last ids, the id just before the first, or false}.
 */
export const WALK = `
local find, sub, lower, pcall, type, unpack = string.find, string.sub, string.lower, redis.pcall, type, unpack
local base, key, kind, oldest = KEYS[1], KEYS[1] .. ARGV[1], ARGV[2], ARGV[3] == 'oldest'
local count, skip, at, low, high, part, inPayload, fields =
  tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[6], ARGV[7], ARGV[8], ARGV[9], ARGV[10], ARGV[11]
local function want(letter) return find(fields, letter, 1, true) ~= nil end
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
  local id = ARGV[12]
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
  for i = 12, #ARGV do
    for n, id in ipairs(near) do
      if id == ARGV[i] then return guess + n end
    end
  end
  for i = 12, #ARGV do
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
    local range, last = oldest and 'ZRANGE' or 'ZREVRANGE', math.min(first + count, finish) - 1
    if withScores and want('f') then
      local found = redis.call(range, key, first, last, 'WITHSCORES')
      for i = 1, #found, 2 do ids[#ids + 1], scores[#scores + 1] = found[i], found[i + 1] end
    else
      ids = redis.call(range, key, first, last)
    end
  end
else
  finish = redis.call('LLEN', key)
  if finish > 0 then first = startOfList(finish) + skip end
  if first > 0 then before = slice(first - 1, first - 1)[1] or false end
  if first < finish then ids = slice(first, math.min(first + count, finish) - 1) end
end
local lastIds = {}
for i = #ids, math.max(1, #ids - 9), -1 do lastIds[#lastIds + 1] = ids[i] end
local position = at
if kind == 'list' then position = tostring(first + #ids - 1)
elseif #ids > 0 then position = redis.call('ZSCORE', key, ids[#ids]) end
local walked = {#ids, math.max(0, finish - first), position, lastIds, before}
`;
