import { noticedBetween } from "@spillway/contract/audit";
import type { AuditList, AuditRecord, auditFilter } from "@spillway/contract/schemas";
import type { z } from "zod";

export type AuditFilter = z.output<typeof auditFilter> & {
  /** Operations that acted on the job that is asked for: their records are about it too. */
  operations?: ReadonlySet<string>;
  /** The time and the queue (null: all) of the incident that is asked for: what was noticed there belongs to it. */
  noticed?: { from: number; to: number; queue: string | null } | undefined;
};
type Facet = keyof AuditList["facets"];

type Test = (record: AuditRecord) => boolean;

const FACETS: readonly Facet[] = ["action", "status", "actor", "queue"];
const MOST_VALUES = 50;

/** What a filter's parts ask of a record; the parts that have a facet apart from the rest. */
function testsOf(filter: AuditFilter): { faceted: Record<Facet, Test>; rest: Test } {
  const actions = (filter.action ?? "").split(",").map((part) => part.trim().toLowerCase());
  const named = actions.filter((part) => part !== "");
  const actor = filter.actor?.toLowerCase();
  const q = filter.q?.toLowerCase();
  const from = filter.from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(filter.from);
  const to = filter.to === undefined ? Number.POSITIVE_INFINITY : Date.parse(filter.to);
  return {
    faceted: {
      action: ({ action }) => named.length === 0 || named.some((name) => action.startsWith(name)),
      status: (record) => filter.status === undefined || statusOf(record) === filter.status,
      actor: (record) => actor === undefined || whoOf(record).some((one) => includes(one, actor)),
      queue: ({ queue }) => filter.queue === undefined || queue === filter.queue,
    },
    rest: (record) => {
      const at = Date.parse(record.timestamp);
      return (
        at >= from &&
        at <= to &&
        isAboutJob(record, filter) &&
        (filter.operation_id === undefined || record.operation_id === filter.operation_id) &&
        isOfIncident(record, filter) &&
        (filter.destructive === undefined || record.destructive === filter.destructive) &&
        (q === undefined || mentions(record, q))
      );
    },
  };
}

function isAboutJob(record: AuditRecord, { job_id, operations }: AuditFilter): boolean {
  if (job_id === undefined || record.job_id === job_id) return true;
  return record.operation_id !== null && (operations?.has(record.operation_id) ?? false);
}

function isOfIncident(record: AuditRecord, { incident, noticed }: AuditFilter): boolean {
  if (incident === undefined || record.incident === incident) return true;
  if (noticed === undefined || record.source !== "observed") return false;
  const { from, to } = noticedBetween(record) ?? { from: record.timestamp, to: record.timestamp };
  const isIn = Date.parse(to) >= noticed.from && Date.parse(from ?? to) <= noticed.to;
  return isIn && (noticed.queue === null || record.queue === noticed.queue);
}

/** As it is shown: what the console only noticed is a success of nobody, and nobody here did it. */
const NOTICED = "noticed";
const UNKNOWN = "unknown";
const statusOf = ({ source, status }: AuditRecord) => (source === "observed" ? NOTICED : status);
const whoOf = ({ source, actor }: AuditRecord): [id: string, name: string] =>
  source === "observed" ? [UNKNOWN, UNKNOWN] : [actor.id, actor.name];

function includes(text: string | null, part: string): boolean {
  return text?.toLowerCase().includes(part) ?? false;
}

/** Whether any text of a record that people would search for holds `q` (in lower case). */
function mentions(record: AuditRecord, q: string): boolean {
  const { error } = record;
  const texts = [
    ...whoOf(record),
    statusOf(record),
    record.action,
    record.queue,
    record.job_id,
    record.reason,
    record.incident,
    record.id,
    record.operation_id,
    record.request_id,
    error?.code ?? null,
    error?.message ?? null,
  ];
  return texts.some((text) => includes(text, q)) || includes(JSON.stringify(record.details), q);
}

/** Those that match, in the order given. */
export function matching(records: Iterable<AuditRecord>, filter: AuditFilter): AuditRecord[] {
  const { faceted, rest } = testsOf(filter);
  const matched: AuditRecord[] = [];
  for (const record of records)
    if (rest(record) && FACETS.every((facet) => faceted[facet](record))) matched.push(record);
  return matched;
}

/**
 * How many records each value would give if it were chosen: its own filter does not count against it. Values that are there
 * but give none are named too, so that one can go from filters that match nothing to others.
 */
export function facetsOf(records: Iterable<AuditRecord>, filter: AuditFilter): AuditList["facets"] {
  const { faceted, rest } = testsOf(filter);
  const counts = {
    action: new Map(),
    status: new Map(),
    actor: new Map(),
    queue: new Map(),
  } satisfies Record<Facet, Map<string, number>>;
  const names = new Map<string, string>();
  for (const record of records) {
    for (const facet of FACETS) count(counts[facet], facetValue(record, facet), 0);
    if (!rest(record)) continue;
    names.set(...whoOf(record));
    const failing = FACETS.filter((facet) => !faceted[facet](record));
    if (failing.length > 1) continue;
    for (const facet of failing.length === 0 ? FACETS : failing)
      count(counts[facet], facetValue(record, facet), 1);
  }
  return {
    action: ranked(counts.action),
    status: ranked(counts.status),
    actor: ranked(counts.actor).map((one) => ({ ...one, name: names.get(one.value) ?? one.value })),
    queue: ranked(counts.queue),
  };
}

function facetValue(record: AuditRecord, facet: Facet): string | null {
  if (facet === "actor") return whoOf(record)[0];
  return facet === "status" ? statusOf(record) : record[facet];
}

function count(values: Map<string, number>, value: string | null, more: number): void {
  if (value !== null) values.set(value, (values.get(value) ?? 0) + more);
}

function ranked(values: ReadonlyMap<string, number>): { value: string; count: number }[] {
  return [...values]
    .map(([value, times]) => ({ value, count: times }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, MOST_VALUES);
}
