import { readScript } from "../run-script.ts";

/**
 * Looks for jobs in a part of a list. KEYS[1] list; ARGV: where the part begins and ends, as positions from the tail, then
 * ids. Replies {length of the list, id, position from the tail, id, position…} of those that are in it.
 */
export const LOCATE = readScript(`
local size = redis.call('LLEN', KEYS[1])
local first, last = math.max(0, size + ARGV[1]), size + ARGV[2]
local found, wanted = {size}, {}
if last < 0 then return found end
for i = 3, #ARGV do wanted[ARGV[i]] = true end
for i, id in ipairs(redis.call('LRANGE', KEYS[1], first, last)) do
  if wanted[id] then
    found[#found + 1] = id
    found[#found + 1] = first + i - 1 - size
  end
end
return found
`);
