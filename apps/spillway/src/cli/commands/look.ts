import { type JobSummary, jobsExported, type Query } from "@spillway/contract/schemas";
import { UsageError } from "../../usage-error.ts";
import { CliError } from "../cli-error.ts";
import { EXIT } from "../exit-codes.ts";
import { numberOf, textOf } from "../parse-ask.ts";
import { cut, shown, shownAge, tableLines } from "../table.ts";
import { type Desk, queueOf, type RunCommand, tell } from "./command.ts";

const STATES = ["waiting", "active", "delayed", "blocked", "completed", "failed"] as const;
const MOST_PAGE = 200;

export const showQueues: RunCommand = async (desk) => {
  const trouble = textOf(desk.ask, "trouble");
  const reply = await desk.client.read(
    "listQueues",
    {},
    { sort: "trouble", ...(trouble !== undefined && { trouble }) },
  );
  if (reply.stale) desk.note(`The engine does not answer: this is as of ${reply.as_of}.`);
  tell(desk, reply, () =>
    tableLines(
      ["QUEUE", "WAITING", "ACTIVE", "DELAYED", "FAILED", "OLDEST", "WORKERS", "NEEDS ATTENTION"],
      reply.items.map(({ name, paused, counts, backlog, workers, trouble: findings }) => [
        name,
        String(counts.waiting),
        String(counts.active),
        String(counts.delayed),
        String(counts.failed),
        shownAge(backlog.oldest_waiting_age_s),
        shown(workers),
        [...(paused ? ["paused"] : []), ...findings.map(({ text }) => text)].join(" "),
      ]),
    ),
  );
  return 0;
};

export const showErrors: RunCommand = async (desk) => {
  const task = textOf(desk.ask, "task");
  const reply = await desk.client.read(
    "getShapes",
    { queue: queueOf(desk.ask) },
    { ...(task !== undefined && { task }) },
  );
  if (!reply.complete) desk.note(`Only ${reply.scanned} of ${reply.total_to_scan} failed jobs were read.`);
  tell(desk, reply, () =>
    tableLines(
      ["SHAPE", "JOBS", "LAST 15m", "TASKS", "ERROR"],
      reply.items.map(({ id, count, windows, tasks, title }) => [
        id,
        String(count),
        String(windows["15m"]),
        tasks.map((one) => one.task).join(", "),
        cut(title, 120),
      ]),
    ),
  );
  return 0;
};

export const showJobs: RunCommand = async (desk) => {
  if (desk.ask.options.ndjson === true) return exportJobs(desk);
  const limit = numberOf(desk.ask, "limit", 20);
  const { items, total, complete } = await collect(desk, limit);
  if (!complete)
    desk.note(`These are ${items.length}${total === null ? "" : ` of ${total}`}; --limit shows more.`);
  tell(desk, { items, total, complete }, () =>
    tableLines(
      ["ID", "TASK", "STATE", "ATTEMPTS", "SINCE", "ERROR"],
      items.map((job) => [
        job.id,
        job.task,
        job.state,
        `${job.attempts_made}/${job.max_attempts}`,
        shown(job.finished_at ?? job.started_at ?? job.waiting_since ?? job.created_at),
        cut(job.error === null ? "" : [job.error.name, job.error.message].filter(Boolean).join(": "), 120),
      ]),
    ),
  );
  return 0;
};

/** Line by line, as they are found. The last line says whether they are all. */
async function exportJobs({ ask, client, print, note, signal }: Desk): Promise<number> {
  const limit = ask.options.limit === undefined ? {} : { limit: numberOf(ask, "limit", 0) };
  const why = textOf(ask, "reason");
  const query: Query<"exportJobs"> = {
    ...filterOf(ask),
    ...limit,
    ...(why !== undefined && { reason: why }),
    sort: ask.options.oldest ? "oldest" : "newest",
  };
  let last = "";
  for await (const line of client.lines("exportJobs", { queue: queueOf(ask) }, query, signal)) {
    print(line);
    last = line;
  }
  const said = jobsExported.safeParse(Object(parsed(last)).export);
  if (!said.success) throw new CliError("The console broke off: the last line is missing.", EXIT.unavailable);
  if (said.data.stopped !== null) note(said.data.stopped);
  return said.data.complete ? EXIT.done : EXIT.notDone;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

interface Collected {
  items: JobSummary[];
  /** Null where a scan did not come that far. */
  total: number | null;
  complete: boolean;
}

/** Pages, or a scan that is followed to its end, until there are enough. */
async function collect({ ask, client, signal }: Desk, limit: number): Promise<Collected> {
  const query: Query<"listJobs"> = { ...filterOf(ask), sort: ask.options.oldest ? "oldest" : "newest" };
  const items: JobSummary[] = [];
  let next: Pick<Query<"listJobs">, "page" | "cursor"> = {};
  for (;;) {
    const size = Math.min(MOST_PAGE, limit);
    const list = await client.read("listJobs", { queue: queueOf(ask) }, { ...query, ...next, size });
    items.push(...list.items);
    const isAll =
      list.kind === "page"
        ? items.length >= list.total || list.items.length === 0
        : list.next_cursor === null;
    if (isAll || items.length >= limit || signal.aborted) {
      const complete = isAll && items.length <= limit;
      const total = list.kind === "page" ? list.total : complete ? items.length : null;
      return { items: items.slice(0, limit), total, complete };
    }
    next = list.kind === "page" ? { page: list.page + 1 } : { cursor: list.next_cursor ?? undefined };
  }
}

function filterOf(ask: Desk["ask"]) {
  const written = textOf(ask, "state") ?? "failed";
  const state = STATES.find((one) => one === written);
  if (state === undefined) throw new UsageError(`--state must be one of ${STATES.join(", ")}.`);
  return { state, ...matchOf(ask) };
}

/** Which jobs, beside their state. */
export function matchOf(ask: Desk["ask"]): { task?: string; q?: string; error_shape?: string } {
  const task = textOf(ask, "task");
  const q = textOf(ask, "q");
  const shape = textOf(ask, "error-shape");
  return {
    ...(task !== undefined && { task }),
    ...(q !== undefined && { q }),
    ...(shape !== undefined && { error_shape: shape }),
  };
}

export const showAudit: RunCommand = async (desk) => {
  const { ask } = desk;
  const given = ["queue", "action", "status", "actor", "q"].flatMap((name) => {
    const text = textOf(ask, name);
    return text === undefined ? [] : [[name, text]];
  });
  // Words that the console knows better: what it does not take it says.
  const query: Query<"listAudit"> = {
    ...Object.fromEntries(given),
    limit: Math.min(500, numberOf(ask, "limit", 20)),
  };
  const reply = await desk.client.read("listAudit", {}, query);
  if (reply.total_matching > reply.items.length)
    desk.note(`These are ${reply.items.length} of ${reply.total_matching}; --limit shows more.`);
  if (reply.items.length === 0) desk.note(`No matching record since ${reply.holds.since}.`);
  tell(desk, reply, () =>
    tableLines(
      ["WHEN", "WHO", "ACTION", "STATUS", "QUEUE", "JOBS", "REASON"],
      reply.items.map((record) => [
        record.timestamp,
        record.actor.name,
        record.action,
        record.status,
        shown(record.queue),
        shown(record.affected),
        [record.job_id, record.reason, record.error?.message].filter(Boolean).join(" · "),
      ]),
    ),
  );
  return 0;
};
