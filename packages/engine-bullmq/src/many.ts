import {
  checkManyCall,
  type JobState,
  type JobTarget,
  type ManyAction,
  type ManyOptions,
  type TargetResult,
} from "@spillway/engine";
import { cancelRunning } from "./cancel-many.ts";
import { chunk } from "./chunk.ts";
import { stillUnknown, withinDeadline } from "./deadline.ts";
import type { EngineParts } from "./engine-parts.ts";
import { CANCEL_REASON, refusalOf } from "./job-words.ts";
import { baseOf } from "./keys.ts";
import { type Located, locate } from "./locate.ts";
import { jobState } from "./raw-job.ts";
import { list, text } from "./reply.ts";
import { runScript, type Script, type ScriptArg } from "./run-script.ts";
import { CANCEL_MANY, HOLD_MANY, PROMOTE_MANY, REMOVE_MANY, RETRY_MANY } from "./scripts/many.ts";

/** From so many on the ends of a list are read at once, instead of being searched for each. */
const TOGETHER = 8;
/** Jobs in one script: 2 to 4 ms, so that two calls at once keep another client waiting for no longer than 10. */
const AT_ONCE = 100;
/** How often jobs deep in a long list are looked for again, should they move. */
const ROUNDS = 3;

const DONE: Record<ManyAction, string> = {
  retry: "retried",
  cancel: "cancelled",
  remove: "removed",
  promote: "promoted",
};

/** One target on its way: its place among all, and where its job may be found. */
interface Sought extends JobTarget {
  index: number;
  hint: string;
}

export interface ManyReply {
  index: number;
  id: string;
  /** As the guard told it; see scripts/guard.ts. */
  outcome: string;
  state: JobState | null;
  version: string | null;
  /** Of a running job that was to be cancelled by an earlier call: its version then. */
  before: string | null;
}

/**
 * Acts on up to `MOST_TARGETS` jobs, each by itself, in two scripts as a rule. Jobs deep in a long list are looked for first,
 * and those of its two ends are then taken in scripts of their own. `unavailable` says that nothing was done as long as
 * nothing was; after that it is `outcome_unknown`, and the receipt tells.
 */
export async function actOnJobs(
  parts: EngineParts,
  queue: string,
  action: ManyAction,
  targets: readonly JobTarget[],
  options: ManyOptions,
): Promise<TargetResult[]> {
  checkManyCall(action, targets, options);
  await parts.discovery.expect(queue);
  if (targets.length === 0) return [];
  return withinDeadline(parts, async () => {
    const replies = await askRounds(parts, queue, scriptOf(parts, action, options), targets, options.receipt);
    const all = action === "cancel" ? await cancelRunning(parts, queue, options.receipt, replies) : replies;
    const byId = new Map(all.map((reply) => [reply.id, reply]));
    return targets.flatMap(({ id }, index) => {
      const reply = byId.get(id);
      if (reply === undefined) return [];
      return [resultOf(index === reply.index ? reply : namedAgain(reply), DONE[action])];
    });
  });
}

/** Of a job that is named twice only the first can be done. */
function namedAgain(first: ManyReply): ManyReply {
  if (first.outcome !== "done") return first;
  return { ...first, outcome: first.state === null ? "gone" : "conflict" };
}

/** The script of an action and what it needs. */
interface Deed {
  script: Script;
  args: readonly [option: ScriptArg, reason: string, holdId: string, holdUntil: ScriptArg];
}

function scriptOf({ clock }: EngineParts, action: ManyAction, options: ManyOptions): Deed {
  const { hold } = options;
  if (action === "retry") return { script: RETRY_MANY, args: [options.resetAttempts ? 1 : 0, "", "", ""] };
  if (action === "promote") return { script: PROMOTE_MANY, args: ["", "", "", ""] };
  if (action === "cancel") return { script: CANCEL_MANY, args: [clock.now(), CANCEL_REASON, "", ""] };
  if (hold === undefined) return { script: REMOVE_MANY, args: ["", "", "", ""] };
  return { script: HOLD_MANY, args: [clock.now(), "", hold.id, hold.until] };
}

async function askRounds(
  parts: EngineParts,
  queue: string,
  deed: Deed,
  targets: readonly JobTarget[],
  receipt: string,
): Promise<ManyReply[]> {
  const replies = new Map<number, ManyReply>();
  const all = new Map<string, Sought>();
  for (const [index, target] of targets.entries())
    if (!all.has(target.id)) all.set(target.id, { ...target, index, hint: "" });
  let groups = chunk([...all.values()], AT_ONCE);
  try {
    for (let round = 0; round < ROUNDS && groups.length > 0; round += 1) {
      for (const group of groups) {
        for (const reply of await ask(parts, queue, deed, group, receipt)) replies.set(reply.index, reply);
      }
      const elsewhere = groups.flat().filter(({ index }) => replies.get(index)?.outcome === "elsewhere");
      groups = elsewhere.length === 0 ? [] : await lookFor(parts, queue, elsewhere);
    }
  } catch (error) {
    const someDone = [...replies.values()].some(({ outcome }) => outcome === "done");
    throw someDone ? stillUnknown(parts, error) : error;
  }
  return [...replies.values()];
}

async function ask(
  parts: EngineParts,
  queue: string,
  { script, args }: Deed,
  group: readonly Sought[],
  receipt: string,
): Promise<ManyReply[]> {
  const together = group.length >= TOGETHER ? 1 : 0;
  const all = [receipt, ...args, together].concat(
    group.flatMap(({ index, id, expectVersion, hint }) => [index, id, expectVersion ?? "", hint]),
  );
  const reply = await parts.connection.write((redis) =>
    runScript(redis, script, [baseOf(parts.prefix, queue)], all),
  );
  return list(reply).flatMap((raw, i) => {
    const sought = group[i];
    const [outcome, state, version, before] = list(raw).map(text);
    if (sought === undefined) return [];
    const { index, id } = sought;
    return [
      {
        index,
        id,
        outcome: outcome ?? "",
        state: state === null || state === undefined ? null : jobState(state),
        version: version ?? null,
        before: before ?? null,
      },
    ];
  });
}

/** The same targets with hints, each group from one end of a list. */
async function lookFor(parts: EngineParts, queue: string, elsewhere: readonly Sought[]): Promise<Sought[][]> {
  const found = await locate(
    parts,
    queue,
    elsewhere.map(({ id }) => id),
  );
  const located = elsewhere.flatMap((sought): (Sought & Pick<Located, "end">)[] => {
    const where = found.get(sought.id);
    return where ? [{ ...sought, ...where }] : [];
  });
  const ends = [...Map.groupBy(located, ({ end }) => end).values()];
  return ends.flatMap((group) => chunk(group, AT_ONCE));
}

function resultOf({ id, outcome, state, version }: ManyReply, done: string): TargetResult {
  const now = { id, state, version };
  if (outcome === "done") return { ...now, outcome, message: null };
  const { code, message } = refusalOf(outcome, now, done);
  if (code === "job_not_found") return { ...now, outcome: "gone", message };
  if (code === "conflict" || code === "unsupported") return { ...now, outcome: code, message };
  return { ...now, outcome: "refused", message };
}
