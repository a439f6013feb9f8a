import { readScript } from "../run-script.ts";
import { HELD_KEYS } from "./held-keys.ts";

/** A page of the ids of a hold, place by place. KEYS[1] base; ARGV: hold, offset, limit. Replies {how many in all, ids}. */
export const HELD_IDS = readScript(`
local base, hold, skip, limit = KEYS[1], ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
${HELD_KEYS}
local record, ids = readHold(hold), {}
if not record then return {0, ids} end
for part = 0, record.parts do
  for _, place in ipairs(HELD_PLACES) do
    local key, isList = heldKey(hold, place[1], part), place[2] == 'list'
    local size = redis.call(isList and 'LLEN' or 'ZCARD', key)
    if skip < size and #ids < limit then
      local last = math.min(size, skip + limit - #ids) - 1
      for _, id in ipairs(redis.call(isList and 'LRANGE' or 'ZRANGE', key, skip, last)) do ids[#ids + 1] = id end
    end
    skip = math.max(0, skip - size)
  end
end
return {countHeld(hold, record), ids}
`);
