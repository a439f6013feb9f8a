import { createHash } from "node:crypto";
import type { ChainableCommander, Redis } from "ioredis";
import { Unpackr } from "msgpackr";
import { textOf } from "./fault.ts";

/** A Lua script. Keys of BullMQ are built inside from a base, as BullMQ's own scripts do. */
export interface Script {
  readonly lua: string;
  readonly sha: string;
  /** Sent as EVALSHA_RO, so that Redis itself guarantees that it changes nothing. */
  readonly readOnly: boolean;
}

export type ScriptArg = string | number;

export function readScript(lua: string): Script {
  return { lua, sha: sha1(lua), readOnly: true };
}

export function writeScript(lua: string): Script {
  return { lua, sha: sha1(lua), readOnly: false };
}

function sha1(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}

/** Redis before 7 has no EVAL_RO; remembered per connection. */
const withoutReadOnlyEval = new WeakSet<Redis>();

/**
 * Runs one script. NOSCRIPT and "unknown command" say that nothing ran, so trying the next form repeats nothing.
 */
export async function runScript(
  redis: Redis,
  script: Script,
  keys: readonly string[],
  args: readonly ScriptArg[],
): Promise<unknown> {
  return runBy((...words) => redis.call(...words), redis, script, keys, args);
}

async function runBy(
  call: (...words: [string, ...ScriptArg[]]) => Promise<unknown>,
  redis: Redis,
  script: Script,
  keys: readonly string[],
  args: readonly ScriptArg[],
): Promise<unknown> {
  const rest = [keys.length, ...keys, ...args];
  try {
    return await call(verb(redis, script, true), script.sha, ...rest);
  } catch (error) {
    if (lacksReadOnlyEval(redis, script, error)) return runBy(call, redis, script, keys, args);
    if (!/NOSCRIPT/.test(textOf(error))) throw error;
  }
  return call(verb(redis, script, false), script.lua, ...rest);
}

const packed = new Unpackr({ useRecords: false });

/** Runs one script that replies a MessagePack text, and reads it. */
export async function runPackedScript(
  redis: Redis,
  script: Script,
  keys: readonly string[],
  args: readonly ScriptArg[],
): Promise<unknown> {
  const call = (...words: [string, ...ScriptArg[]]) => redis.callBuffer(...words);
  const reply = await runBy(call, redis, script, keys, args);
  if (!Buffer.isBuffer(reply)) throw new TypeError(`A script replied ${typeof reply} where bytes belong.`);
  return packed.unpack(reply);
}

/** One call of a script in a batch. */
export interface ScriptCall {
  keys: readonly string[];
  args: readonly ScriptArg[];
}

/**
 * Runs a read script many times, and whatever `also` adds, in one round trip. The first element of the result are
 * the script's replies, the second those of `also`; an error of one of those stands in its place.
 */
export async function runScripts(
  redis: Redis,
  script: Script,
  calls: readonly ScriptCall[],
  also: (pipeline: ChainableCommander) => void = () => {},
): Promise<{ replies: unknown[]; also: unknown[] }> {
  const pipeline = redis.pipeline();
  for (const { keys, args } of calls) {
    pipeline.call(verb(redis, script, true), script.sha, keys.length, ...keys, ...args);
  }
  also(pipeline);
  const results = (await pipeline.exec()) ?? [];
  const values = results.map(([error, value]) => error ?? value);
  const replies = values.slice(0, calls.length);
  const failed = replies.find((reply) => reply instanceof Error);
  if (failed === undefined) return { replies, also: values.slice(calls.length) };
  const first = calls[0];
  const missing = lacksReadOnlyEval(redis, script, failed) || /NOSCRIPT/.test(textOf(failed));
  if (!missing || !script.readOnly || first === undefined) throw failed;
  await runScript(redis, script, first.keys, first.args);
  return runScripts(redis, script, calls, also);
}

function verb(redis: Redis, script: Script, bySha: boolean): string {
  const suffix = script.readOnly && !withoutReadOnlyEval.has(redis) ? "_RO" : "";
  return `${bySha ? "EVALSHA" : "EVAL"}${suffix}`;
}

function lacksReadOnlyEval(redis: Redis, script: Script, error: unknown): boolean {
  if (!script.readOnly || withoutReadOnlyEval.has(redis) || !/unknown command/i.test(textOf(error)))
    return false;
  withoutReadOnlyEval.add(redis);
  return true;
}
