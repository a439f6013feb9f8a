import { HUGE_PAYLOAD_BYTES, PAYLOAD_HEAD_BYTES } from "@spillway/engine";

/** How much of a job a list row may carry, bytes. */
const ERROR_HEAD_BYTES = 4_096;
const STACK_HEAD_BYTES = 5_000;
const OPTIONS_BYTES = 16_384;
const PROGRESS_BYTES = 1_024;
export const STACKS_READ_BYTES = 1_048_576;

/** Lua: where the head of the last of a job's stacks begins and ends in the JSON text of all. */
export const LAST_STACK = `
local function lastStackOf(text)
  local start, from = 2, 1
  while true do
    local found = string.find(text, '","', from, true)
    if not found then break end
    start, from = found + 2, found + 1
  end
  return start, start + ${STACK_HEAD_BYTES}
end
`;

/**
 * Lua: the parts of a job that a list shows, each measured before it is read. The order of the reply is that of
 * `RAW_FIELDS` in raw-job.ts.
 */
export const JOB_FIELDS = `
${LAST_STACK}local function upTo(key, name, max)
  local length = redis.call('HSTRLEN', key, name)
  if length == 0 or length > 16 * max then return false end
  return string.sub(redis.call('HGET', key, name), 1, max)
end
local function lastStack(key)
  local length = redis.call('HSTRLEN', key, 'stacktrace')
  if length < 3 or length > ${STACKS_READ_BYTES} then return false end
  local stacks = redis.call('HGET', key, 'stacktrace')
  return string.sub(stacks, lastStackOf(stacks))
end
local function jobFields(base, state, id, score)
  local key = base .. id
  if not isHash(key) then return {id, state, score, 0} end
  local f = redis.call('HMGET', key, 'name', 'timestamp', 'delay', 'priority', 'processedOn', 'finishedOn',
    'ats', 'atm', 'pb')
  local length = redis.call('HSTRLEN', key, 'data')
  local head = false
  if length <= ${HUGE_PAYLOAD_BYTES} then
    head = redis.call('HGET', key, 'data')
    head = head and string.sub(head, 1, ${PAYLOAD_HEAD_BYTES})
  end
  local options = false
  if redis.call('HSTRLEN', key, 'opts') <= ${OPTIONS_BYTES} then options = redis.call('HGET', key, 'opts') end
  local lock, had = 1, 0
  if state == 'active' then lock = redis.call('GET', key .. ':lock') or 0 end
  if state == 'waiting' then had = redis.call('EXISTS', key .. ':processed', key .. ':failed', key .. ':dependencies') end
  return {id, state, score, 1, f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8], f[9],
    upTo(key, 'failedReason', ${ERROR_HEAD_BYTES}), options, upTo(key, 'progress', ${PROGRESS_BYTES}),
    length, head, lastStack(key), lock, had}
end
`;
