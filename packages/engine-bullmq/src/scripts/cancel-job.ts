import { CANCEL, REQUEST_TTL_MS, WORKERS } from "@spillway/worker-agent/protocol";
import { SILENT_AFTER_MS } from "../agents.ts";
import { CANCEL_ACT } from "./acts.ts";
import { onOneJob } from "./guarded.ts";

/** Lua: of a job that runs, the agent of exactly the worker that holds its lock is asked, for exactly this run. */
const ASK_AGENT = `
local function whileActive(id, key, version)
  local lock = redis.call('GET', key .. ':lock')
  local name, attempt = unpack(redis.call('HMGET', key, 'pb', 'ats'))
  local holder = lock and string.match(lock, '^(.+):[^:]*$')
  local agents = holder and redis.call('TYPE', base .. '${WORKERS}').ok == 'hash'
  local report = agents and redis.call('HGET', base .. '${WORKERS}', holder)
  local time = redis.call('TIME')
  local redisNow = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
  local running = {'active', 'active', version, lock, name or false, report or false, redisNow}
  local beatAt = report and tonumber(string.match(report, '^(%d+) ') or '0')
  if not report or redisNow - beatAt > ${SILENT_AFTER_MS} then return running end
  local function says(field) return string.find(report, '"' .. field .. '":true', 1, true) end
  if says('stopped') or not says('cancels') then return running end
  local requests = base .. '${CANCEL}' .. holder
  redis.call('HSET', requests, ARGV[5],
    cjson.encode({jobId = id, token = lock, attempt = tonumber(attempt or '0'), reason = reason}))
  redis.call('PEXPIRE', requests, ${REQUEST_TTL_MS})
  running[1] = 'asked'
  return running
end
`;

/**
 * Ends a job for good. KEYS[1] base; ARGV: id, expected version or '', now (ms), reason, id of a request to an agent.
 *
 * Replies {outcome, state, version}; of a running job {`asked` or `active`, state, version, lock, worker name, report of
 * the worker's agent, ms of Redis' clock}.
 */
export const CANCEL_JOB = onOneJob(ASK_AGENT + CANCEL_ACT);
