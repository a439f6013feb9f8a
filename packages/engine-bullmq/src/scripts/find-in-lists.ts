/** How far from either end of a list a job is looked for without being told where it is. */
export const ENDS = 1_000;
/** How often one script may look through a whole list, should a job have moved since it was found. */
const WHOLE_LOOKS = 2;
/** Stands in a list where a job was taken out, until all are swept out at once. No id of a job looks like this. */
const STRUCK = "spillway::::struck";

/**
 * Lua, before a write: a Redis that is out of memory takes no command that may need some as a script's first write, and any
 * after another. What is to be taken out or moved needs none.
 */
export const ALLOW_WRITES = "redis.call('DEL', base .. 'spillway:none')";

/**
 * Lua: jobs in the lists `wait` and `paused`, which may hold millions. Needs `base` and STATE_OF, and two booleans:
 * `together` (many are sought: the ends are read once, into a table) and `lookThrough` (a whole list may be read; else the
 * answer may be that it is not known whether a job is in it).
 *
 * A hint is '' (not known), `none` (looked for everywhere a moment ago), or a list and the position from its tail, as
 * `wait -40000`: jobs arrive at the head, so that it changes only by what workers take.
 *
 * Redis finds and removes the members of a list one by one, from an end. So a job that is taken out is struck in its place,
 * and `sweep` removes all struck ones in one go from the nearer end.
 */
export const FIND_IN_LISTS = `
local known, wholeLooks = {}, 0
local function listOf(name)
  local seen = known[name]
  if seen then return seen end
  seen = {key = base .. name, at = {}, drift = 0, struck = {}}
  seen.size = redis.call('LLEN', seen.key)
  function seen.read(first, last)
    for i, id in ipairs(redis.call('LRANGE', seen.key, first, last)) do seen.at[id] = first + i - 1 end
  end
  if together then
    seen.read(0, ${ENDS} - 1)
    if seen.size > ${ENDS} then seen.read(math.max(${ENDS}, seen.size - ${ENDS}), seen.size - 1) end
  end
  known[name] = seen
  return seen
end
local function atEnds(seen, id)
  if together then return seen.at[id] end
  return redis.call('LPOS', seen.key, id, 'MAXLEN', ${ENDS})
    or redis.call('LPOS', seen.key, id, 'RANK', -1, 'MAXLEN', ${ENDS})
end
local function near(seen, id, fromTail)
  local guess = math.max(0, seen.size + fromTail + seen.drift)
  if redis.call('LINDEX', seen.key, guess) == id then return guess end
  seen.read(math.max(0, guess - ${ENDS}), guess + ${ENDS})
  local index = seen.at[id]
  if index then seen.drift = seen.drift + index - guess end
  return index
end
-- Its position from the head; nil if it is not there; nil and true if that is not known.
local function find(name, id, hint)
  local seen = listOf(name)
  if seen.size == 0 or seen.struck[id] then return nil end
  local index = atEnds(seen, id)
  if index then return index end
  if seen.size <= ${2 * ENDS} or hint == 'none' then return nil end
  local list, fromTail = string.match(hint, '^(%a+) (-%d+)$')
  if list then
    if list ~= name then return nil end
    index = near(seen, id, tonumber(fromTail))
    if index then return index end
  end
  if not lookThrough and (hint == '' or wholeLooks == ${WHOLE_LOOKS}) then return nil, true end
  wholeLooks = wholeLooks + 1
  return redis.call('LPOS', seen.key, id) or nil
end
local function strike(name, id, index)
  local seen = listOf(name)
  if redis.call('LINDEX', seen.key, index) ~= id then index = redis.call('LPOS', seen.key, id) end
  if not index then return 0 end
  ${ALLOW_WRITES}
  redis.call('LSET', seen.key, index, '${STRUCK}')
  seen.struck[id] = index
  return 1
end
-- A job was pushed to the tail of a list, which is so long now.
local function arrived(name, id, length)
  if known[name] then known[name].at[id] = length - 1 end
end
local function unstrike(id)
  for _, seen in pairs(known) do
    if seen.struck[id] then redis.call('LSET', seen.key, seen.struck[id], id) end
    seen.struck[id] = nil
  end
end
local function sweep()
  for _, seen in pairs(known) do
    local head, tail = 0, 0
    for _, index in pairs(seen.struck) do
      if index < seen.size / 2 then head = head + 1 else tail = tail + 1 end
    end
    if head > 0 then redis.call('LREM', seen.key, head, '${STRUCK}') end
    if tail > 0 then redis.call('LREM', seen.key, -tail, '${STRUCK}') end
    seen.struck = {}
  end
end
-- Where a job is: its state, or 'unsure', or false; and its place, {set, score} or {list, index}.
local function whereabouts(id, hint)
  local state, score, set = inSets(base, id)
  if state then return state, {set = set, score = score} end
  if inList(base .. 'active', id) then return 'active', {} end
  local unsure = false
  for _, name in ipairs({'wait', 'paused'}) do
    local index, unknown = find(name, id, hint)
    if index then return 'waiting', {list = name, index = index} end
    unsure = unsure or unknown
  end
  return unsure and 'unsure' or false
end
`;
