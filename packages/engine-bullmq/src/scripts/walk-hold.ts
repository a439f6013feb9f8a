import { releaseParentIfNoPendingDependencies } from "bullmq/dist/cjs/scripts/releaseParentIfNoPendingDependencies-2.js";
import { removeJob } from "bullmq/dist/cjs/scripts/removeJob-2.js";
import { type Script, writeScript } from "../run-script.ts";
import { ALLOW_WRITES, FIND_IN_LISTS } from "./find-in-lists.ts";
import { HELD_KEYS } from "./held-keys.ts";
import { NO_WRITES } from "./no-writes.ts";
import { STATE_OF } from "./state-of.ts";

/** How much earlier than it is a producer's clock may say. */
const CLOCK_SLACK_MS = 60_000;
/** How many members of a list one script may look at for jobs that were added anew: some 10 ms. */
const MEMBERS_LOOKED_AT = 500_000;

/**
 * Does something to the first jobs of a hold and takes them out of it. Newest part first, lists from their head: of what is
 * put back in chunks to the tail of a list, the newest goes first. KEYS[1] base; ARGV: hold, how many at most, now (ms).
 * `handle(id, place, score)` says whether it counts; nil, like an error, leaves the job in the hold.
 *
 * A job whose record is gone is let go of. So is one that was deleted and added again under its id while it was held: it has
 * a place of its own by now. Such a record is newer than the hold; only of those is a place looked for.
 * Replies {how many counted, how many are left, how many were taken out}.
 */
function onHeldJobs(handle: string): Script {
  return writeScript(`
local base, hold, limit, now = KEYS[1], ARGV[1], tonumber(ARGV[2]), ARGV[3]
local together, lookThrough = true, false
${STATE_OF}
${FIND_IN_LISTS}
${HELD_KEYS}
${NO_WRITES}
local record = readHold(hold)
if not record then return {0, 0, 0} end
local looked, seen = 0, {}
local function isAnew(id, made)
  if seen[id] then return true end
  if not made or made < record.heldAt - ${CLOCK_SLACK_MS} then return false end
  lookThrough = made > record.heldAt
  if lookThrough then looked = looked + listOf('wait').size end
  local state = whereabouts(id, '')
  return state ~= false and state ~= 'unsure'
end
local function isHeld(id)
  local made = redis.pcall('HGET', base .. id, 'timestamp')
  if type(made) == 'table' then made = false end
  if not made and redis.call('EXISTS', base .. id) == 0 then return false end
  return not isAnew(id, tonumber(made))
end
${handle}
local counted, taken = 0, 0
-- Whether it stays.
local function step(id, place, score)
  if not isHeld(id) then return false end
  seen[id] = true
  local ran, counts = pcall(handle, id, place, score)
  if not ran and counted == 0 and isNoWrites(counts) then error(counts) end
  if not ran or counts == nil then return true end
  if counts then counted = counted + 1 end
  return false
end
local function walkList(key, place)
  local stay, n = {}, 0
  for _, id in ipairs(redis.call('LRANGE', key, 0, limit - taken - 1)) do
    if looked > ${MEMBERS_LOOKED_AT} then break end
    n = n + 1
    if step(id, place) then table.insert(stay, 1, id) end
  end
  if n == 0 then return end
  redis.call('LTRIM', key, n, -1)
  for _, id in ipairs(stay) do redis.call('LPUSH', key, id) end
  taken = taken + n - #stay
end
local function walkSet(key, place)
  local members, stay, n = redis.call('ZRANGE', key, 0, limit - taken - 1, 'WITHSCORES'), {}, 0
  for i = 1, #members, 2 do
    if looked > ${MEMBERS_LOOKED_AT} then break end
    n = n + 1
    if step(members[i], place, members[i + 1]) then stay[#stay + 1] = {members[i + 1], members[i]} end
  end
  if n == 0 then return end
  redis.call('ZREMRANGEBYRANK', key, 0, n - 1)
  for _, job in ipairs(stay) do redis.call('ZADD', key, job[1], job[2]) end
  taken = taken + n - #stay
end
${ALLOW_WRITES}
for part = record.parts, 0, -1 do
  for _, place in ipairs(HELD_PLACES) do
    if taken < limit then
      local walk = place[2] == 'list' and walkList or walkSet
      walk(heldKey(hold, place[1], part), place[1])
    end
  end
end
finish()
local left = countHeld(hold, record)
if left == 0 then redis.call('HDEL', base .. 'spillway:holds', hold) end
return {counted, left, taken}
`);
}

/**
 * Lua: puts a job back where it was: to the tail of its list, being older than what arrived since, or with its score into its
 * set. BullMQ's markers then wake idle workers. A parent whose children ended meanwhile, or one of which failed it, waits
 * for nothing more: BullMQ's own step moves it on.
 */
const PUT_BACK = `
local function releaseParent(KEYS, ARGV)
${releaseParentIfNoPendingDependencies.content}
end
local attributes = redis.call('HMGET', base .. 'meta', 'paused', 'concurrency')
-- Where an older fleet keeps what waits in a paused queue: its resume would overwrite the other list.
local waiting = attributes[1] and redis.call('EXISTS', base .. 'paused') == 1 and 'paused' or 'wait'
local wakes, delays = false, false
-- The score of a prioritized job is its priority * 2^32 + a counter. If that was reset, held ones go before those added since
-- into the upper half of the scores of the next better priority, which no counter reaches.
local isReset = tonumber(redis.call('GET', base .. 'pc') or 0) < (record.pc or 0)
local function aheadOfNewer(score)
  local isUpper = math.floor(tonumber(score) / 2147483648) % 2 == 1
  return (isUpper or not isReset) and score or string.format('%.0f', tonumber(score) - 2147483648)
end
local function putBack(id, place, score)
  if place == 'wait' or place == 'paused' then
    redis.call('RPUSH', base .. waiting, id)
    wakes = true
    return true
  end
  if place == 'prioritized' then
    score = aheadOfNewer(score)
    wakes = true
  end
  redis.call('ZADD', base .. place, score, id)
  if place == 'delayed' then delays = true end
  if place == 'waiting-children' then
    local key = base .. id
    local dependencies = redis.call('HEXISTS', key, 'defa') == 1 and base .. 'spillway:none' or key .. ':dependencies'
    releaseParent({key, dependencies}, {string.sub(base, 1, -2), id, now})
  end
  return true
end
local function finish()
  local isMaxed = attributes[2] and redis.call('LLEN', base .. 'active') >= tonumber(attributes[2])
  if wakes and not attributes[1] and not isMaxed then redis.call('ZADD', base .. 'marker', 0, '0') end
  if delays then
    local next = redis.call('ZRANGE', base .. 'delayed', 0, 0, 'WITHSCORES')[2]
    if next then redis.call('ZADD', base .. 'marker', tonumber(next) / 4096, '1') end
  end
end
`;

export const RELEASE_HELD = onHeldJobs(`
${PUT_BACK}
local handle = putBack
`);

/**
 * Deletes by BullMQ's own unmodified Lua, children left alone. The job is in none of BullMQ's places: that its LREM finds nothing
 * in any list is told without searching them. One that BullMQ refuses to delete since it is the next run of a schedule by
 * now is put back; a locked one stays.
 */
export const PURGE_HELD = onHeldJobs(`
${PUT_BACK}
local function bullmq(KEYS, ARGV)
local redis = {call = function(command, key, ...)
  if command == 'LREM' then return 0 end
  return redis.call(command, key, ...)
end}
${removeJob.content}
end
local function handle(id, place, score)
  local code = bullmq({base .. id, base .. 'repeat'}, {id, '0', base})
  if code == 1 then return true end
  if code == 0 then return nil end
  putBack(id, place, score)
  return false
end
`);
