import { readScript } from "../run-script.ts";
import { JOB_FIELDS } from "./job-fields.ts";
import { STATE_OF } from "./state-of.ts";

export const PAYLOAD_BYTES = 1_048_576;
const OPTIONS_BYTES = 262_144;
const CHILDREN = 500;

/**
 * One job whole. KEYS[1] base, ARGV[1] id. Replies nil, or {row, payload, result, options, stacktrace, log lines,
 * parentKey, parent, scheduler, dependencies, processed, failed, unsuccessful, lock}.
 */
export const JOB_DETAIL = readScript(`
${STATE_OF}
${JOB_FIELDS}
local base, id = KEYS[1], ARGV[1]
local key = base .. id
local state, score = stateOf(base, id)
if not state then return false end
local row = jobFields(base, state, id, score)
if not isHash(key) then return {row} end
local function capped(name, max)
  local value = redis.call('HGET', key, name)
  return value and string.sub(value, 1, max)
end
local function typed(name, kind)
  return redis.call('TYPE', key .. name).ok == kind
end
local function keysOfHash(name)
  if not typed(name, 'hash') then return {} end
  return redis.call('HRANDFIELD', key .. name, ${CHILDREN})
end
local waitingFor, unsuccessful, lines = {}, {}, 0
if typed(':dependencies', 'set') then waitingFor = redis.call('SRANDMEMBER', key .. ':dependencies', ${CHILDREN}) end
if typed(':unsuccessful', 'zset') then unsuccessful = redis.call('ZRANGE', key .. ':unsuccessful', 0, ${CHILDREN - 1}) end
if typed(':logs', 'list') then lines = redis.call('LLEN', key .. ':logs') end
local stacks = false
if redis.call('HSTRLEN', key, 'stacktrace') <= ${PAYLOAD_BYTES} then stacks = redis.call('HGET', key, 'stacktrace') end
local f = redis.call('HMGET', key, 'parentKey', 'rjk', 'defa')
return {row, capped('data', ${PAYLOAD_BYTES}), capped('returnvalue', ${PAYLOAD_BYTES}), capped('opts', ${OPTIONS_BYTES}),
  stacks, lines, f[1], f[2], waitingFor, keysOfHash(':processed'), keysOfHash(':failed'), unsuccessful, f[3]}
`);

/** Lines of a job's log. KEYS[1] base; ARGV: id, offset, limit. Replies nil if the job is gone, else {how many, lines}. */
export const JOB_LOGS = readScript(`
${STATE_OF}
local key = KEYS[1] .. ARGV[1]
if not stateOf(KEYS[1], ARGV[1]) then return false end
local offset, limit, lines = tonumber(ARGV[2]), tonumber(ARGV[3]), {}
if limit > 0 then lines = redis.call('LRANGE', key .. ':logs', offset, offset + limit - 1) end
return {redis.call('LLEN', key .. ':logs'), lines}
`);
