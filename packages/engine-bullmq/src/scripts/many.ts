import { writeScript } from "../run-script.ts";
import { CANCEL_ACT, HOLD_ACT, PROMOTE_ACT, REMOVE_ACT, RETRY_ACT } from "./acts.ts";
import { guarded } from "./guard.ts";

/** How long a receipt tells what was done. */
const RECEIPT_TTL_MS = 86_400_000;
/** Arguments before the first target, and for each target. */
const BEFORE_TARGETS = 6;
const PER_TARGET = 4;

/**
 * Something done to many jobs, each behind the guard, once. KEYS[1] base; ARGV: receipt, what the act needs (four), `1` if
 * many are sought; then of each target its index in the whole call, id, expected version or '', hint where it is in a list.
 *
 * The receipt `{base}spillway:receipt:<receipt>` is a hash of JSON lists of (index, outcome, version): targets that are in it
 * are answered from it and nothing is done to them. It is written in the same script as the deeds, so that a command
 * which is asked again, or executed late, changes nothing.
 * Replies for each target {outcome, state, version}; `elsewhere` and what an agent must be asked for is in no receipt.
 */
function onManyJobs(act: string) {
  return writeScript(`
local base, option = KEYS[1], ARGV[2]
local reason, holdId, holdUntil = ARGV[3], ARGV[4], ARGV[5]
local together, lookThrough = ARGV[6] == '1', false
local receipt, told = base .. 'spillway:receipt:' .. ARGV[1], {}
for _, text in ipairs(redis.call('HVALS', receipt)) do
  local entries = cjson.decode(text)
  for i = 1, #entries, 3 do
    local before = told[entries[i]]
    if not before or before[1] == 'active' then told[entries[i]] = {entries[i + 1], entries[i + 2]} end
  end
end
local function finish() end
local function whileActive(id, key, version) return {'active', 'active', version} end
${guarded(act)}
local replies, fresh = {}, {}
local function note(index, reply)
  local n = #fresh
  fresh[n + 1], fresh[n + 2], fresh[n + 3] = index, reply[1], reply[3] or ''
end
local function answer(index, id, expected, hint)
  local before = told[index]
  if before and before[1] ~= 'active' then
    return {before[1], string.match(before[2], '^(%a+):') or false, before[2] ~= '' and before[2]}
  end
  local reply = attempt(id, expected, hint)
  if before then reply[4] = before[2]
  elseif reply[1] ~= 'elsewhere' then note(index, reply) end
  return reply
end
for i = ${BEFORE_TARGETS + 1}, #ARGV, ${PER_TARGET} do
  replies[#replies + 1] = answer(tonumber(ARGV[i]), ARGV[i + 1], ARGV[i + 2], ARGV[i + 3])
end
finish()
sweep()
if #fresh > 0 then
  redis.call('HSET', receipt, redis.call('HLEN', receipt), cjson.encode(fresh))
  redis.call('PEXPIRE', receipt, ${RECEIPT_TTL_MS})
end
return replies
`);
}

/** What the act needs: `option`, `reason`, `holdId`, `holdUntil`; see acts.ts. */
export const RETRY_MANY = onManyJobs(RETRY_ACT);
export const PROMOTE_MANY = onManyJobs(PROMOTE_ACT);
export const REMOVE_MANY = onManyJobs(REMOVE_ACT);
export const HOLD_MANY = onManyJobs(HOLD_ACT);
/** Replies {`active`, `active`, version} of one that runs, and a fourth, if it was told before: its version then. */
export const CANCEL_MANY = onManyJobs(CANCEL_ACT);

/** Notes what came of running jobs after their script. KEYS[1] base; ARGV: receipt, then index, outcome, version of each. */
export const NOTE_OUTCOMES = writeScript(`
local receipt, fresh = KEYS[1] .. 'spillway:receipt:' .. ARGV[1], {}
for i = 2, #ARGV, 3 do
  local n = #fresh
  fresh[n + 1], fresh[n + 2], fresh[n + 3] = tonumber(ARGV[i]), ARGV[i + 1], ARGV[i + 2]
end
redis.call('HSET', receipt, redis.call('HLEN', receipt), cjson.encode(fresh))
redis.call('PEXPIRE', receipt, ${RECEIPT_TTL_MS})
return 1
`);
