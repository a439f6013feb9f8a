import { readScript } from "../run-script.ts";
import { JOB_FIELDS } from "./job-fields.ts";
import { STATE_OF } from "./state-of.ts";

/**
 * One page of one state. KEYS[1] base; ARGV: state, `oldest` or `newest`, offset, limit. Waiting is the `wait` list,
 * a `paused` list left by older fleets, then `prioritized`: the order in which workers take them.
 * Replies {total, rows}.
 */
export const LIST_JOBS = readScript(`
${STATE_OF}
${JOB_FIELDS}
local base, state, oldest = KEYS[1], ARGV[1], ARGV[2] == 'oldest'
local offset, limit = tonumber(ARGV[3]), tonumber(ARGV[4])
local PARTS = {
  waiting = {{'wait', 'list'}, {'paused', 'list'}, {'prioritized', 'set'}},
  active = {{'active', 'list'}}, delayed = {{'delayed', 'set'}}, blocked = {{'waiting-children', 'set'}},
  completed = {{'completed', 'set'}}, failed = {{'failed', 'set'}}
}
local parts = {}
for _, part in ipairs(PARTS[state]) do
  local size = redis.call(part[2] == 'list' and 'LLEN' or 'ZCARD', base .. part[1])
  table.insert(parts, oldest and #parts + 1 or 1, {part[1], part[2], size})
end
local rows, total, skip = {}, 0, offset
local function add(id, score)
  if string.sub(id, 1, 2) ~= '0:' then rows[#rows + 1] = jobFields(base, state, id, score) end
end
for _, part in ipairs(parts) do
  local key, size, want = base .. part[1], part[3], limit - #rows
  total = total + size
  if part[2] == 'list' and size > 0 then
    local marker = redis.call('LINDEX', key, -1)
    if string.sub(marker, 1, 2) == '0:' then total = total - 1 end
  end
  if want > 0 and skip < size then
    local last = math.min(skip + want, size) - 1
    if part[2] == 'list' then
      local ids
      if oldest then
        ids = redis.call('LRANGE', key, size - 1 - last, size - 1 - skip)
        for i = #ids, 1, -1 do add(ids[i], false) end
      else
        ids = redis.call('LRANGE', key, skip, last)
        for i = 1, #ids do add(ids[i], false) end
      end
    else
      local ids = redis.call(oldest and 'ZRANGE' or 'ZREVRANGE', key, skip, last, 'WITHSCORES')
      for i = 1, #ids, 2 do add(ids[i], ids[i + 1]) end
    end
  end
  skip = math.max(0, skip - size)
end
return {total, rows}
`);
