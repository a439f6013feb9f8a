import type { Breakdown } from "@spillway/contract/schemas";
import type { JobRow, QueueEngine } from "@spillway/engine";
import type { WorkerBook } from "../jobs/worker-book.ts";
import type { Redactor } from "../redaction/index.ts";
import type { JobViews } from "../seams.ts";
import { fieldsOf } from "./payload-fields.ts";

/** So many of the compared jobs are shown. */
const SHOWN = 3;
const MOST_PATHS = 40;

export interface SampleDeps {
  engine: Pick<QueueEngine, "jobsById">;
  redactor: Redactor;
  views: JobViews;
}

/** A few jobs of a group, and what they have in common. */
export async function openGroup(
  { engine, redactor, views }: SampleDeps,
  queue: string,
  group: { key: string; ids: readonly string[] },
  book: WorkerBook,
): Promise<NonNullable<Breakdown["opened"]>> {
  const rows = await engine.jobsById(queue, group.ids);
  return {
    key: group.key,
    samples: rows.slice(0, SHOWN).map((row) => views.summary(row)),
    compared: rows.length,
    common: commonTo(rows.map((row) => factsOf(row, queue, redactor, book))),
  };
}

/** The payload fields that some jobs have, to break down by next; those that more of them have come first. */
export async function payloadPaths(
  { engine, redactor }: SampleDeps,
  queue: string,
  ids: readonly string[],
): Promise<string[]> {
  const counts = new Map<string, number>();
  for (const { payloadHead } of await engine.jobsById(queue, ids))
    for (const path of fieldsOf(payloadHead && redactor.text(payloadHead)).keys())
      counts.set(path, (counts.get(path) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_PATHS)
    .map(([path]) => path);
}

/** What could be the cause of a job's fate, by the names that a breakdown goes by. */
function factsOf(
  row: JobRow,
  queue: string,
  redactor: Redactor,
  book: WorkerBook,
): Map<string, string | null> {
  const fields = fieldsOf(row.payloadHead && redactor.text(row.payloadHead));
  const ranBy = book.whoRan(queue, row);
  return new Map<string, string | null>([
    ["task", row.task],
    ["worker", ranBy === null ? null : redactor.value(ranBy)],
    ["worker_version", book.versionOf(queue, row)],
    ...[...fields].map(([path, value]) => [`payload:${path}`, value] as const),
  ]);
}

/** Of one job alone everything is common, which says nothing. */
function commonTo(facts: readonly Map<string, string | null>[]): { by: string; value: string }[] {
  const [first, ...others] = facts;
  if (first === undefined || others.length === 0) return [];
  return [...first].flatMap(([by, value]) =>
    value !== null && others.every((other) => other.get(by) === value) ? [{ by, value }] : [],
  );
}
