import type { ScanField } from "@spillway/engine";
import type { Redis } from "ioredis";
import type { EngineParts } from "./engine-parts.ts";
import { textOf } from "./fault.ts";
import { list } from "./reply.ts";
import type { Place } from "./scan-cursor.ts";
import { type Columns, noColumns } from "./scan-row.ts";

/**
 * What SORT is asked for, in the order in which a row takes it. The finish time is the score: nothing is asked for. Errors are
 * not among them: it would send all stacks whole.
 */
const NAMES: readonly { field: ScanField; names: readonly string[] }[] = [
  { field: "task", names: ["name"] },
  { field: "times", names: ["timestamp", "processedOn", "finishedOn"] },
  { field: "payload", names: ["data"] },
  { field: "finished", names: [] },
];
/** The only one that is no plain value; it comes last. */
const PAYLOAD = "data";

/** Engines whose Redis does not let SORT read jobs: in a cluster, by its access rules, or as it is too old. */
const refused = new WeakSet<EngineParts>();

/** Whether Redis itself can read these fields of a place's jobs. In its patterns the first `*` stands for the id. */
export function canSort(
  parts: EngineParts,
  base: string,
  { kind }: Place,
  fields: readonly ScanField[],
): boolean {
  const isKnown = fields.every((asked) => NAMES.some(({ field }) => field === asked));
  return (
    kind === "set" && isKnown && namesOf(fields).length > 0 && !base.includes("*") && !refused.has(parts)
  );
}

/** Jobs that follow each other in a set. */
export interface Neighbours {
  key: string;
  order: "newest" | "oldest";
  /** How many come before them. */
  first: number;
  ids: readonly unknown[];
}

/** What was asked for of these jobs; null if they are no longer where they were, or if Redis refuses. */
export async function sortedColumns(
  redis: Redis,
  parts: EngineParts,
  base: string,
  { key, order, first, ids }: Neighbours,
  fields: readonly ScanField[],
): Promise<Columns | null> {
  const names = namesOf(fields);
  const range = ["BY", "nosort", ...(order === "newest" ? ["DESC"] : []), "LIMIT", first, ids.length];
  const patterns = ["#", ...names.map((name) => `${base}*->${name}`)].flatMap((pattern) => ["GET", pattern]);
  try {
    const reply = await redis.callBuffer("SORT_RO", key, ...range, ...patterns);
    return toColumns(list(reply), ids, names);
  } catch (error) {
    if (!/unknown command|cluster|NOPERM/i.test(textOf(error))) throw error;
    refused.add(parts);
    return null;
  }
}

function namesOf(fields: readonly ScanField[]): string[] {
  return NAMES.filter(({ field }) => fields.includes(field)).flatMap(({ names }) => names);
}

/** Null if these are other jobs. */
function toColumns(
  reply: readonly unknown[],
  ids: readonly unknown[],
  names: readonly string[],
): Columns | null {
  const width = 1 + names.length;
  if (reply.length !== ids.length * width) return null;
  const plain = names.filter((name) => name !== PAYLOAD).length;
  const [values, payloads, sizes]: [unknown[], unknown[], unknown[]] = [[], [], []];
  for (let n = 0, at = 0; n < ids.length; n++, at += width) {
    if (String(reply[at]) !== ids[n]) return null;
    for (let i = 1; i <= plain; i++) values.push(textOrNull(reply[at + i]));
    const payload = plain < names.length ? reply[at + width - 1] : null;
    payloads.push(textOrNull(payload));
    sizes.push(Buffer.isBuffer(payload) ? payload.length : 0);
  }
  return { ...noColumns(ids), values, payloads, sizes };
}

function textOrNull(value: unknown): string | null {
  return Buffer.isBuffer(value) ? value.toString() : null;
}
