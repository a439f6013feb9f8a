import { HUGE_PAYLOAD_BYTES } from "@spillway/engine";
import { readScript } from "../run-script.ts";
import { WALK } from "./walk.ts";

/** What jobs may measure to be read unmeasured: stacks of one job, and all that is read of a batch. Bytes. */
const MOST_STACKS = 65_536;
const MOST_IN_BATCH = 4_194_304;

/**
 * A batch of a walk through a set, of which nothing is read but sizes: whether all its jobs are small enough to be read
 * natively, which takes Redis a third of the time. See walk.ts for the arguments. Replies {walked, 1 or 0, how many jobs come
 * before them, ids, scores} as one MessagePack text.
 */
export const SCAN_PLACE = readScript(`
${WALK}
local wantError, wantPayload, fits, bytes = want('e'), want('p'), part == '', 0
local function sizeOf(id)
  local size = 0
  if wantError then
    local stacks = pcall('HSTRLEN', base .. id, 'stacktrace')
    if type(stacks) == 'table' or stacks > ${MOST_STACKS} then return end
    if stacks <= 2 then stacks = pcall('HSTRLEN', base .. id, 'failedReason') end
    if stacks > ${MOST_STACKS} then return end
    size = stacks
  end
  if wantPayload then
    local payload = pcall('HSTRLEN', base .. id, 'data')
    if type(payload) == 'table' or payload > ${HUGE_PAYLOAD_BYTES} then return end
    size = size + payload
  end
  return size
end
for _, id in ipairs(ids) do
  if not fits then break end
  local size = sub(id, 1, 2) ~= '0:' and sizeOf(id)
  if size then bytes = bytes + size else fits = false end
  if bytes > ${MOST_IN_BATCH} then fits = false end
end
if not fits then return cmsgpack.pack({walked, 0}) end
return cmsgpack.pack({walked, 1, first, ids, scores})
`);
