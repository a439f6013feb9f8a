import { setTimeout as sleep } from "node:timers/promises";
import type { Body, Operation, SelectionInput } from "@spillway/contract/schemas";
import { UsageError } from "../../usage-error.ts";
import { CliError } from "../cli-error.ts";
import { EXIT } from "../exit-codes.ts";
import { numberOf, textOf } from "../parse-ask.ts";
import { type Desk, queueOf, type RunCommand, tell } from "./command.ts";
import { matchOf } from "./look.ts";

const LOOK_EVERY_MS = 500;

function whyOf({ ask }: Desk): { reason?: string; incident?: string } {
  const reason = textOf(ask, "reason");
  const incident = textOf(ask, "incident");
  return { ...(reason !== undefined && { reason }), ...(incident !== undefined && { incident }) };
}

export const flip: RunCommand = async (desk) => {
  const { verb } = desk.ask;
  const queue = queueOf(desk.ask);
  const name = verb === "pause" ? "pauseQueue" : "resumeQueue";
  const reply = await desk.client.write(name, { queue }, whyOf(desk));
  tell(desk, reply, () => [
    `${queue} ${verb === "pause" ? "is paused" : "runs again"} (audit ${reply.audit_id}).`,
  ]);
  return EXIT.done;
};

/** One by its id, several as a bulk; those that match as a redrive, which tells what became of them. */
export const retry: RunCommand = async (desk) => {
  const [, ...ids] = desk.ask.operands;
  const phases = phasesOf(desk);
  const isMatched = Object.keys(matchOf(desk.ask)).length > 0;
  if (ids.length > 0 === (phases !== null) || (ids.length > 0 && isMatched))
    throw new UsageError(
      "Say which: ids, or one of --count, --percent, --all and --phased for those that match.",
    );
  const body = { ...whyOf(desk), reset_attempts: desk.ask.options["reset-attempts"] === true };
  const [only, ...more] = ids;
  if (only !== undefined && more.length === 0) return retryOne(desk, only, body);
  const selection: SelectionInput =
    phases === null
      ? { ids: ids.map((id) => ({ id })) }
      : { filter: { state: "failed", ...matchOf(desk.ask) } };
  return retryMany(desk, selection, { ...body, phases });
};

type Phases = NonNullable<Body<"redriveJobs">["phases"]>;

function phasesOf({ ask }: Desk): Phases | null {
  const given = ["count", "percent", "all", "phased"].filter((name) => ask.options[name] !== undefined);
  if (given.length > 1) throw new UsageError(`--${given.join(" and --")} contradict each other; give one.`);
  if (ask.options.count !== undefined) return [{ count: numberOf(ask, "count", 1) }];
  if (ask.options.percent !== undefined) return [{ percent: numberOf(ask, "percent", 1) }];
  if (ask.options.all) return [{ rest: true }];
  return ask.options.phased ? [{ count: 10 }, { percent: 10 }, { rest: true }] : null;
}

interface RetryBody {
  reason?: string;
  incident?: string;
  reset_attempts: boolean;
}

async function retryOne(desk: Desk, id: string, body: RetryBody): Promise<number> {
  const reply = await desk.client.write("retryJob", { queue: queueOf(desk.ask), job_id: id }, body);
  tell(desk, reply, () => [
    `${id} goes back to ${reply.job.state ?? "where it was"} (audit ${reply.audit_id}).`,
  ]);
  return EXIT.done;
}

async function retryMany(
  desk: Desk,
  selection: SelectionInput,
  { phases, ...body }: RetryBody & { phases: Phases | null },
): Promise<number> {
  const queue = queueOf(desk.ask);
  const gate = { max_failure_rate: Math.min(1, numberOf(desk.ask, "may-fail", 5) / 100) };
  const order = (chosen: SelectionInput) =>
    phases === null
      ? desk.client.write("bulkJobs", { queue }, { ...body, action: "job.retry", selection: chosen })
      : desk.client.write("redriveJobs", { queue }, { ...body, selection: chosen, phases, gate });
  const { operation } = await order(selection).catch(async (error: unknown) =>
    order(await counted(desk, error)),
  );
  const ended = desk.ask.options["no-wait"] ? operation : await follow(desk, operation);
  tell(desk, ended, () => storyOf(ended));
  return isGood(ended) || desk.ask.options["no-wait"]
    ? EXIT.done
    : ended.unknown > 0
      ? EXIT.unknown
      : EXIT.notDone;
}

/** Jobs that were too many to count at once are counted while they are asked for. Throws any other error again. */
async function counted({ client, signal }: Desk, error: unknown): Promise<SelectionInput> {
  const token = error instanceof CliError ? error.problem?.selection_token : undefined;
  if (token === undefined) throw error;
  for (;;) {
    const { complete } = await client.read("getSelection", { token });
    if (complete) return { token };
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

const ENDED: readonly Operation["state"][] = ["done", "cancelled", "failed", "awaiting_operator", "paused"];

async function follow({ client, signal }: Desk, begun: Operation): Promise<Operation> {
  let operation = begun;
  while (!ENDED.includes(operation.state) && !signal.aborted) {
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
    operation = await client.read("getOperation", { operation_id: begun.id });
  }
  return operation;
}

function isGood({ state, failed, unknown, skipped, phases }: Operation): boolean {
  return (
    state === "done" && failed + unknown + skipped === 0 && phases.every((phase) => phase.state === "passed")
  );
}

function storyOf({
  id,
  state,
  succeeded,
  skipped,
  failed,
  unknown,
  note,
  phases,
  audit_id: audit,
}: Operation): string[] {
  const others = [
    [skipped, "left alone"] as const,
    [failed, "failed"] as const,
    [unknown, "unknown"] as const,
  ];
  const counts = [
    `${succeeded} retried`,
    ...others.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : [])),
  ];
  return [
    `Operation ${id} is ${state.replace("_", " ")}: ${counts.join(", ")} (audit ${audit}).`,
    ...phases.map((phase) => {
      const which = phases.length === 1 ? "" : `Phase ${phase.number}: `;
      const fates = `${phase.completed_again} completed, ${phase.failed_again} failed again, ${phase.still_open} open`;
      return `${which}of ${phase.size} jobs ${fates}. ${phase.verdict ?? ""}`.trim();
    }),
    ...(note === null ? [] : [note]),
  ];
}
