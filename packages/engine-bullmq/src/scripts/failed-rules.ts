import { readScript } from "../run-script.ts";

/** So many of the newest failed jobs are read; the one that deleted others is among them. */
const NEWEST = 100;

/**
 * What the newest failed jobs of some queues say about keeping failed jobs, as BullMQ reads it when one fails. KEYS their
 * bases. Replies for each queue {fewest jobs kept, fewest seconds they are kept}, -1 where no job says so.
 */
export const FAILED_RULES = readScript(`
local function rule(options)
  if not options or not string.find(options, '"removeOnFail"', 1, true) then return nil end
  local ok, parsed = pcall(cjson.decode, options)
  local keep = ok and type(parsed) == 'table' and parsed.removeOnFail
  if type(keep) == 'number' then return keep, nil end
  if type(keep) == 'table' then return tonumber(keep.count), tonumber(keep.age) end
end
local function fewer(a, b) return b and b >= 0 and (a < 0 or b < a) and b or a end
local replies = {}
for n, base in ipairs(KEYS) do
  local count, age = -1, -1
  for _, id in ipairs(redis.call('ZREVRANGE', base .. 'failed', 0, ${NEWEST - 1})) do
    if redis.call('HSTRLEN', base .. id, 'opts') <= 16384 then
      local c, a = rule(redis.call('HGET', base .. id, 'opts'))
      count, age = fewer(count, c), fewer(age, a)
    end
  end
  replies[n] = {count, age}
end
return replies
`);
