import { PAYLOAD_HEAD_BYTES } from "@spillway/engine";
import { removeJobScheduler } from "bullmq/dist/cjs/scripts/removeJobScheduler-3.js";
import { readScript, writeScript } from "../run-script.ts";

/** All job schedulers of a queue, next first. KEYS[1] base. */
export const LIST_SCHEDULES = readScript(`
local rows, planned = {}, redis.call('ZRANGE', KEYS[1] .. 'repeat', 0, -1, 'WITHSCORES')
for i = 1, #planned, 2 do
  local key = KEYS[1] .. 'repeat:' .. planned[i]
  local f = {}
  local data = false
  if redis.call('TYPE', key).ok == 'hash' then
    f = redis.call('HMGET', key, 'name', 'pattern', 'every', 'tz', 'ic', 'limit', 'endDate')
    data = redis.call('HGET', key, 'data')
    data = data and string.sub(data, 1, ${PAYLOAD_HEAD_BYTES})
  end
  rows[#rows + 1] = {planned[i], planned[i + 1], f[1] or false, f[2] or false, f[3] or false, f[4] or false,
    f[5] or false, f[6] or false, data, f[7] or false}
end
return rows
`);

/**
 * When jobs of schedulers were started. KEYS[1] base; ARGV: what follows `repeat:` in their ids. Replies a time for each,
 * nil of jobs that are gone or never started.
 */
export const STARTED_AT = readScript(`
local times = {}
for i, id in ipairs(ARGV) do
  local key = KEYS[1] .. 'repeat:' .. id
  times[i] = redis.call('TYPE', key).ok == 'hash' and redis.call('HGET', key, 'processedOn')
end
return times
`);

/** The template of one scheduler. KEYS[1] base, ARGV[1] id. Replies nil or {name, data, opts}. */
export const SCHEDULE_TEMPLATE = readScript(`
if not redis.call('ZSCORE', KEYS[1] .. 'repeat', ARGV[1]) then return false end
return redis.call('HMGET', KEYS[1] .. 'repeat:' .. ARGV[1], 'name', 'data', 'opts')
`);

/** BullMQ's own unmodified Lua: the scheduler and its next job go. KEYS[1] base, ARGV[1] id. 0: done, 1: none. */
export const REMOVE_SCHEDULE = writeScript(`
local function act(KEYS, ARGV)
${removeJobScheduler.content}
end
local base = KEYS[1]
return act({base .. 'repeat', base .. 'delayed', base .. 'events'}, {ARGV[1], base})
`);
