import { ANSWER, CANCEL } from "@spillway/worker-agent/protocol";
import { readScript, writeScript } from "../run-script.ts";
import { STATE_OF } from "./state-of.ts";

/** Where a job is and what its worker's agent said. KEYS[1] base; ARGV: id, request id. Replies {state, version, answer}. */
export const CANCEL_PROGRESS = readScript(`
${STATE_OF}
local base, id = KEYS[1], ARGV[1]
local state = stateOf(base, id)
local answer = redis.call('GET', base .. '${ANSWER}' .. ARGV[2])
return {state, state and versionOf(state, base .. id), answer}
`);

/** Takes a request back unless its agent has read it. KEYS[1] base; ARGV: worker id, request id. Replies 1 if it did. */
export const CANCEL_WITHDRAW = writeScript(`
local base = KEYS[1]
if redis.call('EXISTS', base .. '${ANSWER}' .. ARGV[2]) == 1 then return 0 end
return redis.call('HDEL', base .. '${CANCEL}' .. ARGV[1], ARGV[2])
`);
