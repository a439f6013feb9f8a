import { HUGE_PAYLOAD_BYTES } from "@spillway/engine";
import { readScript } from "../run-script.ts";
import { WALK } from "./walk.ts";

/** What all payloads of a batch may measure to be read unmeasured, bytes. */
const MOST_IN_BATCH = 4_194_304;

/**
 * A batch of a walk through a set, of which nothing is read but sizes: whether all its jobs are small enough to be read
 * natively, which takes Redis a third of the time. See walk.ts for the arguments. Replies {walked, 1 or 0, how many jobs come
 * before them, ids, scores} as one MessagePack text.
 */
export const SCAN_PLACE = readScript(`
local withScores = true
${WALK}
local wantPayload, fits, bytes = want('p'), part == '', 0
local function sizeOf(id)
  if not wantPayload then return 0 end
  local payload = pcall('HSTRLEN', base .. id, 'data')
  return type(payload) == 'number' and payload <= ${HUGE_PAYLOAD_BYTES} and payload
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
