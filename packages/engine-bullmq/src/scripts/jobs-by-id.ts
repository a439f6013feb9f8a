import { readScript } from "../run-script.ts";
import { JOB_FIELDS } from "./job-fields.ts";
import { STATE_OF } from "./state-of.ts";

/** The rows of some ids, in their order; those that are gone are left out. KEYS[1] base; ARGV: ids. */
export const JOBS_BY_ID = readScript(`
${STATE_OF}
${JOB_FIELDS}
local rows = {}
for _, id in ipairs(ARGV) do
  local state, score = stateOf(KEYS[1], id)
  if state then rows[#rows + 1] = jobFields(KEYS[1], state, id, score) end
end
return rows
`);
