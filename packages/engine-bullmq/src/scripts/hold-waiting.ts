import { readScript, writeScript } from "../run-script.ts";
import { FIND_IN_LISTS } from "./find-in-lists.ts";
import { HELD_KEYS } from "./held-keys.ts";
import { STATE_OF } from "./state-of.ts";

/** Lua: calls `see(id)` with the id of the next run of each schedule. */
const NEXT_RUNS = `
local function eachNextRun(see)
  local planned = redis.call('ZRANGE', base .. 'repeat', 0, -1, 'WITHSCORES')
  for i = 1, #planned, 2 do see('repeat:' .. planned[i] .. ':' .. planned[i + 1]) end
end
`;

/** Next runs of schedules that wait deep in a long list, if anywhere. KEYS[1] base. Replies their ids. */
export const NEXT_RUNS_IN_LISTS = readScript(`
local base, together, lookThrough = KEYS[1], true, false
${STATE_OF}
${FIND_IN_LISTS}
${NEXT_RUNS}
local ids = {}
eachNextRun(function(id)
  if redis.call('EXISTS', base .. id) == 1 and whereabouts(id, '') == 'unsure' then ids[#ids + 1] = id end
end)
return ids
`);

/**
 * Moves everything that waits into a hold, place by place, by renaming its key: nothing is ever in between, and it takes
 * no longer for a million jobs. Next runs of schedules are taken out before and put back after, as are the markers that older
 * BullMQ left in lists. KEYS[1] base; ARGV: hold, until (ms), now (ms), `1` for delayed jobs too, then of each next run that waits
 * deep in a list its id and a hint where. Replies how many jobs were moved.
 */
export const HOLD_WAITING = writeScript(`
local base, hold, until_, now, delayedToo = KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4] == '1'
local together, lookThrough = true, false
${STATE_OF}
${FIND_IN_LISTS}
${HELD_KEYS}
${NEXT_RUNS}
local hints, kept, keptInLists = {}, {}, {wait = {}, paused = {}}
for i = 5, #ARGV, 2 do hints[ARGV[i]] = ARGV[i + 1] end
local MOVED = {'wait', 'paused', 'prioritized'}
if delayedToo then MOVED[4] = 'delayed' end
eachNextRun(function(id)
  if redis.call('EXISTS', base .. id) == 0 then return end
  lookThrough = hints[id] ~= nil
  local _, place = whereabouts(id, hints[id] or 'none')
  if not place then return end
  if place.list then
    strike(place.list, id, place.index)
    table.insert(keptInLists[place.list], {place.index, id})
  elseif place.set == 'prioritized' or place.set == 'delayed' and delayedToo then
    redis.call('ZREM', base .. place.set, id)
    kept[#kept + 1] = {place.set, place.score, id}
  end
end)
sweep()
local function takeMarker(list, from, pop)
  local id = redis.call('LINDEX', base .. list, from)
  if id and string.sub(id, 1, 2) == '0:' then
    redis.call(pop, base .. list)
    table.insert(keptInLists[list], {0, id})
  end
end
for _, list in ipairs({'wait', 'paused'}) do
  takeMarker(list, 0, 'LPOP')
  takeMarker(list, -1, 'RPOP')
end
local moved, parts, prioritized = 0, 0, false
for _, place in ipairs(MOVED) do
  local key = base .. place
  local size = redis.call(redis.call('TYPE', key).ok == 'list' and 'LLEN' or 'ZCARD', key)
  if size > 0 then
    local part = 0
    while redis.call('EXISTS', heldKey(hold, place, part)) == 1 do part = part + 1 end
    redis.call('RENAME', key, heldKey(hold, place, part))
    moved, parts = moved + size, math.max(parts, part)
    prioritized = prioritized or place == 'prioritized'
  end
end
for _, job in ipairs(kept) do redis.call('ZADD', base .. job[1], job[2], job[3]) end
for list, jobs in pairs(keptInLists) do
  table.sort(jobs, function(a, b) return a[1] < b[1] end)
  for _, job in ipairs(jobs) do redis.call('RPUSH', base .. list, job[2]) end
end
if #keptInLists.wait > 0 and redis.call('HEXISTS', base .. 'meta', 'paused') == 0 then
  redis.call('ZADD', base .. 'marker', 0, '0')
end
if moved > 0 then recordHold(hold, until_, now, prioritized, parts) end
return moved
`);

/** The holds of a queue. KEYS[1] base. Replies {hold, record, how many jobs} for each. */
export const LIST_HOLDS = readScript(`
local base = KEYS[1]
${HELD_KEYS}
local holds, all = {}, redis.call('HGETALL', base .. 'spillway:holds')
for i = 1, #all, 2 do holds[#holds + 1] = {all[i], all[i + 1], countHeld(all[i], cjson.decode(all[i + 1]))} end
return holds
`);
