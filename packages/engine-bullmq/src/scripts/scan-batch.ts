import { HUGE_PAYLOAD_BYTES } from "@spillway/engine";
import { readScript } from "../run-script.ts";
import { LAST_STACK, STACKS_READ_BYTES } from "./job-fields.ts";
import { WALK } from "./walk.ts";

/** By so many bytes traces are told apart, most of them: the first frame. */
const TRACE_BEGINNING = 64;

/** Kinds of errors of one batch that are told at a glance. */
const MOST_COMMON = 8;

/**
 * A batch of a walk and what was asked for of its jobs, which may be of any size and kind. See walk.ts for the arguments.
 * Replies {walked, columns}, see scan-row.ts, as one MessagePack text: that costs Redis and its reader a fraction of as many
 * replies within replies, or of JSON. What is not there is `false`.
 */
export const SCAN_BATCH = readScript(`
local withScores = false
${LAST_STACK}${WALK}
local wantError, wantPayload, version = want('e'), want('p'), false
local small = {}
if want('t') then small[#small + 1] = 'name' end
if want('m') then
  small[#small + 1] = 'timestamp'
  small[#small + 1] = 'processedOn'
  small[#small + 1] = 'finishedOn'
end
if want('w') then small[#small + 1] = 'pb' end
if want('v') then
  version = #small + 1
  for i, name in ipairs({'ats', 'atm', 'finishedOn', 'delay'}) do small[version + i - 1] = name end
end
-- What is sent as it is; all further fields are cut or taken apart first.
local plain = #small
local scored = want('f') and kind == 'set'
if scored then small[plain + 1] = 'finishedOn' end
if wantError then small[#small + 1] = 'failedReason' end
local names, last = {[0] = small}, #small
for form = 1, 3 do
  names[form] = {unpack(small)}
  if form % 2 == 1 then names[form][last + 1] = 'stacktrace' end
  if form > 1 then names[form][#names[form] + 1] = 'data' end
end
-- Errors of one kind differ in what they say and not in where they come from: what they share is sent once. Lua goes through
-- each byte of a text that it cuts out, so a trace is known by its beginning and then compared where it stands.
local kinds, kindsOf, traces = {}, {}, {}
local function traceAt(stacks, cut, length)
  local beginning = sub(stacks, cut, cut + ${TRACE_BEGINNING})
  local alike = traces[beginning]
  if not alike then
    alike = {}
    traces[beginning] = alike
  end
  for _, trace in ipairs(alike) do
    if #trace == length and find(stacks, trace, cut, true) == cut then return trace end
  end
  local trace = sub(stacks, cut, cut + length - 1)
  if #alike < 8 then alike[#alike + 1] = trace end
  return trace
end
-- Most errors of a batch are of few kinds: told by three comparisons where their texts would stand.
local common, lastCommon = {}, nil
local function isOf(each, stacks, reason)
  local cut = #stacks - each.traceLength + 1
  if find(stacks, each.trace, cut, true) ~= cut then return false end
  local at = cut - #reason
  local from = at - each.headLength
  return from > 0 and find(stacks, reason, at, true) == at and find(stacks, each.head, from, true) == from
    and not find(reason, '\\\\', 1, true)
end
local function commonKindOf(stacks, reason)
  if lastCommon and isOf(lastCommon, stacks, reason) then return lastCommon.number end
  for _, each in ipairs(common) do
    if each ~= lastCommon and isOf(each, stacks, reason) then
      lastCommon = each
      return each.number
    end
  end
end
local function kindOf(stacks, reason)
  local number = reason and reason ~= '' and commonKindOf(stacks, reason)
  if number then return number end
  local start, stop = lastStackOf(stacks)
  if stop > #stacks then stop = #stacks end
  local cut = find(stacks, '\\\\n    at ', start, true)
  if not cut or cut > stop then cut = stop + 1 end
  local trace, headEnd, endsInMessage = traceAt(stacks, cut, stop - cut + 1), cut - 1, 0
  -- What stands there with escapes is another text here: such a stack is sent whole.
  if reason and reason ~= '' and not find(reason, '\\\\', 1, true) then
    local at = cut - #reason
    if at > start + 3 and sub(stacks, at - 2, at - 1) == ': ' and find(stacks, reason, at, true) == at then
      headEnd, endsInMessage = at - 1, 1
    end
  end
  local head, known = sub(stacks, start, headEnd), kindsOf[trace]
  if not known then
    known = {}
    kindsOf[trace] = known
  end
  number = known[head]
  if not number then
    number = #kinds / 3 + 1
    known[head] = number
    kinds[#kinds + 1], kinds[#kinds + 2], kinds[#kinds + 3] = head, trace, endsInMessage
    if endsInMessage == 1 and stop == #stacks and #common < ${MOST_COMMON} then
      local from = start > 2 and start - 2 or 1
      local text = sub(stacks, from, headEnd)
      common[#common + 1] = {head = text, headLength = #text, trace = trace, traceLength = #trace, number = number}
    end
  end
  return number
end
-- Most payloads hold nothing of what is looked for: those go no further than here. What has no letters needs no lower case,
-- which is half the time.
local hasLetters = find(inPayload, '%a') ~= nil
local function holds(id)
  local payload = pcall('HGET', base .. id, 'data')
  if type(payload) ~= 'string' then return false end
  if #payload > ${HUGE_PAYLOAD_BYTES} then payload = sub(payload, 1, ${HUGE_PAYLOAD_BYTES}) end
  return find(hasLetters and lower(payload) or payload, inPayload, 1, true)
end
local places, someOnly = {}, part ~= '' or inPayload ~= ''
local kept, unread, values, reasons, numbers, payloads, sizes, locks, finished = {}, {}, {}, {}, {}, {}, {}, {}, {}
local locked = want('w') and ARGV[1] == 'active'
local everything = (wantError and 1 or 0) + (wantPayload and 2 or 0)
-- What may be large is measured first once a batch held a large one: each call costs more than what it reads.
local measures = false
local function isLarge(read, asked)
  local reason, stacks, data = wantError and read[last], wantError and read[last + 1], wantPayload and read[#asked]
  return data and #data > ${HUGE_PAYLOAD_BYTES} or stacks and #stacks > ${STACKS_READ_BYTES}
    or reason and #reason > ${STACKS_READ_BYTES}
end
-- Which fields can be read whole; nil if the job can't be read. The head of a huge payload is read here.
local function measured(n, job)
  local form = 0
  if wantError then
    local length = pcall('HSTRLEN', job, 'stacktrace')
    if type(length) ~= 'number' then return end
    if length > 2 and length <= ${STACKS_READ_BYTES} then form = 1
    -- The reason is in the stack too: only without one it may be larger.
    elseif pcall('HSTRLEN', job, 'failedReason') > ${STACKS_READ_BYTES} then return end
  end
  if wantPayload then
    local bytes = pcall('HSTRLEN', job, 'data')
    if type(bytes) == 'table' then return end
    sizes[n] = bytes
    if bytes <= ${HUGE_PAYLOAD_BYTES} then form = form + 2
    else payloads[n] = sub(redis.call('HGET', job, 'data'), 1, ${HUGE_PAYLOAD_BYTES}) end
  end
  return form
end
local function readFields(n, job)
  local form = everything
  if measures then form = measured(n, job) end
  if not form then return end
  local asked = names[form]
  if #asked == 0 then return {}, form, asked end
  local read = pcall('HMGET', job, unpack(asked))
  if read.err then return end
  if measures or not isLarge(read, asked) then return read, form, asked end
  measures = true
  return readFields(n, job)
end
local function readJob(n, id)
  local job = base .. id
  if locked then
    local lock = pcall('GET', job .. ':lock')
    locks[n] = type(lock) == 'string' and lock
  end
  local read, form, asked = readFields(n, job)
  if not read then return end
  if form > 1 then
    payloads[n] = read[#asked]
    sizes[n] = payloads[n] and #payloads[n] or 0
  end
  if wantError then
    local reason, stacks = read[last], form % 2 == 1 and read[last + 1]
    if stacks and #stacks > 2 then numbers[n] = kindOf(stacks, reason) end
    reasons[n] = reason and #reason > 4096 and sub(reason, 1, 4096) or reason
  end
  if version and not (read[version + 3] or read[version]) and redis.call('EXISTS', job) == 0 then return end
  local at = (n - 1) * plain
  for i = 1, plain do values[at + i] = read[i] end
  if scored then finished[n] = read[plain + 1] end
  return true
end
local anyId, anyPayload = part == '', inPayload == ''
for i = 1, #ids do
  local id = ids[i]
  if (anyId or find(lower(id), part, 1, true)) and (anyPayload or holds(id)) and sub(id, 1, 2) ~= '0:' then
    local n = #kept + 1
    kept[n] = id
    if someOnly then places[n] = i - 1 end
    if scored then finished[n] = false end
    if wantError then reasons[n], numbers[n] = false, 0 end
    if wantPayload then payloads[n], sizes[n] = false, 0 end
    if not readJob(n, id) then
      unread[#unread + 1] = n
      for i = (n - 1) * plain + 1, n * plain do values[i] = false end
    end
    -- A set's scores cost as much as all else of its walk: only where a job does not say it itself.
    if scored and not tonumber(finished[n]) then finished[n] = redis.call('ZSCORE', key, id) end
  end
end
return cmsgpack.pack({walked, {kept, unread, values, finished, reasons, numbers, kinds, payloads, sizes, locks, places}})
`);
