import { removeJob } from "bullmq/dist/cjs/scripts/removeJob-2.js";
import { writeScript } from "../run-script.ts";

/**
 * Deletes some jobs of one place, each by BullMQ's own unmodified Lua, children left alone. KEYS[1] base; ARGV: place
 * (`wait` `paused` `prioritized` `delayed` `completed` `failed`), how many to look at, how many to pass over (they
 * could not be removed before), only those in this state since before this time (ms; '' for all), most to remove.
 *
 * Lists are taken from their head, where the newest are: BullMQ's LREM searches from there, so that each removal is
 * found at once however long the list is. Replies {removed, passed over, looked at}.
 */
export const REMOVE_CHUNK = writeScript(`
local function remove(KEYS, ARGV)
${removeJob.content}
end
local base, place, count, skip, before = KEYS[1], ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local most = tonumber(ARGV[5])
local key, ids = base .. place, nil
if place == 'wait' or place == 'paused' then ids = redis.call('LRANGE', key, skip, skip + count - 1)
else ids = redis.call('ZRANGE', key, skip, skip + count - 1) end
local function since(id)
  local job = base .. id
  if redis.call('TYPE', job).ok ~= 'hash' then return false end
  local f = redis.call('HMGET', job, 'timestamp', 'finishedOn', 'delay', 'ats', 'atm')
  if place == 'completed' or place == 'failed' then return tonumber(f[2]) end
  if place == 'delayed' then
    return math.floor(tonumber(redis.call('ZSCORE', key, id)) / 4096) - (tonumber(f[3]) or 0)
  end
  if (tonumber(f[4]) or 0) > 0 or (tonumber(f[5]) or 0) > 0 then return false end
  return tonumber(f[1])
end
local removed, passed = 0, 0
for _, id in ipairs(ids) do
  local old = true
  if before then
    local at = since(id)
    old = at and at <= before
  end
  local alien = redis.call('EXISTS', base .. id) == 1 and redis.call('TYPE', base .. id).ok ~= 'hash'
  if removed < most and old and not alien and string.sub(id, 1, 2) ~= '0:'
    and remove({base .. id, base .. 'repeat'}, {id, '0', base}) == 1 then
    removed = removed + 1
  else
    passed = passed + 1
  end
end
return {removed, passed, #ids}
`);
