/** More than are added to a queue while a hold lasts, as a rule. */
const PC_STEP = 1_000_000;

/**
 * Lua: where held jobs are kept. A hold has for each place of BullMQ's that it took jobs from a key of the same kind with
 * the same scores and order: `{base}spillway:held:<hold>:<place>`. A whole place is moved by renaming its key; if the hold has
 * one from there already, the next is a further part of it: `…:<place>:1`, `…:<place>:2`. The hash `{base}spillway:holds`
 * tells of each hold {until, heldAt, parts: how many further parts there may be, pc}. Needs `base`.
 *
 * Prioritized jobs are ordered by priority and a counter `pc`, which workers reset when none is left: then those added
 * meanwhile would go ahead of held ones. So that a reset shows, the counter is set forward when such jobs are held.
 */
export const HELD_KEYS = `
local HELD_PLACES = {
  {'wait', 'list'}, {'paused', 'list'}, {'prioritized', 'set'}, {'delayed', 'set'},
  {'waiting-children', 'set'}, {'completed', 'set'}, {'failed', 'set'}
}
local function heldKey(hold, place, part)
  return base .. 'spillway:held:' .. hold .. ':' .. place .. (part > 0 and ':' .. part or '')
end
local function readHold(hold)
  local text = redis.call('HGET', base .. 'spillway:holds', hold)
  return text and cjson.decode(text)
end
local function recordHold(hold, until_, now, prioritized, part)
  local record = readHold(hold) or {heldAt = tonumber(now), parts = 0}
  record['until'] = tonumber(until_)
  record.parts = math.max(record.parts, part or 0)
  local pc = tonumber(redis.call('GET', base .. 'pc') or 0)
  if prioritized and pc < (record.pc or pc + 1) then record.pc = redis.call('INCRBY', base .. 'pc', ${PC_STEP}) end
  redis.call('HSET', base .. 'spillway:holds', hold, cjson.encode(record))
end
-- How many jobs a hold has.
local function countHeld(hold, record)
  local count = 0
  for part = 0, record.parts do
    for _, place in ipairs(HELD_PLACES) do
      count = count + redis.call(place[2] == 'list' and 'LLEN' or 'ZCARD', heldKey(hold, place[1], part))
    end
  end
  return count
end
`;
