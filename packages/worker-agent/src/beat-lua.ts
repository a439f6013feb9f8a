import { ANSWER, ANSWER_TTL_MS, CANCEL, KEEP_SILENT_MS, KEEP_STOPPED_MS, WORKERS } from "./protocol.ts";

/** Workers of one queue that are remembered after they fell silent or stopped, the latest first. */
const MOST_ENDED = 500;
const SURELY_ENDED_MS = 60_000;

/** `beat`, the same with a look at what is too old to keep, or `forget` this worker. */
export type BeatMode = "beat" | "sweep" | "forget";

/**
 * All an agent ever sends. KEYS[1] base; ARGV: worker id, mode, report, then request ids and answers in turn. Times are
 * of Redis' own clock, so that no host's clock matters. Replies the open requests: id, JSON, id, JSON…
 */
export const BEAT = `
local base, id, mode, report = KEYS[1], ARGV[1], ARGV[2], ARGV[3]
local workers, requests = base .. '${WORKERS}', base .. '${CANCEL}' .. id
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for i = 4, #ARGV, 2 do
  redis.call('SET', base .. '${ANSWER}' .. ARGV[i], ARGV[i + 1], 'PX', ${ANSWER_TTL_MS})
  redis.call('HDEL', requests, ARGV[i])
end
if mode == 'forget' then
  redis.call('HDEL', workers, id)
  return {}
end
redis.call('HSET', workers, id, string.format('%.0f', now) .. ' ' .. report)
redis.call('PEXPIRE', workers, ${KEEP_SILENT_MS})
if mode == 'sweep' then
  local all, ended = redis.call('HGETALL', workers), {}
  for i = 1, #all, 2 do
    local at, text = string.match(all[i + 1], '^(%d+) (.*)$')
    local age = at and now - tonumber(at)
    local stopped = text and string.find(text, '"stopped":true', 1, true)
    if not age or age > ${KEEP_SILENT_MS} or (stopped and age > ${KEEP_STOPPED_MS}) then
      redis.call('HDEL', workers, all[i])
    elseif stopped or age > ${SURELY_ENDED_MS} then
      ended[#ended + 1] = {age, all[i]}
    end
  end
  table.sort(ended, function(a, b) return a[1] < b[1] end)
  for i = ${MOST_ENDED + 1}, #ended do redis.call('HDEL', workers, ended[i][2]) end
end
local open = redis.call('HGETALL', requests)
for i = 1, #open, 2 do
  redis.call('SET', base .. '${ANSWER}' .. open[i], 'taken', 'PX', ${ANSWER_TTL_MS}, 'NX')
end
return open
`;
