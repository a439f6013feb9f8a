import type { ScanField } from "@spillway/engine";
import type { Redis } from "ioredis";
import type { EngineParts } from "./engine-parts.ts";
import { textOf } from "./fault.ts";
import { list } from "./reply.ts";
import type { Place } from "./scan-cursor.ts";
import type { ErrorReader } from "./scan-error.ts";
import { type Columns, columnsOf } from "./scan-row.ts";

/** What SORT is asked for, in the order in which a row takes it. The finish time is the score: nothing is asked for. */
const NAMES: readonly { field: ScanField; names: readonly string[] }[] = [
  { field: "task", names: ["name"] },
  { field: "times", names: ["timestamp", "processedOn", "finishedOn"] },
  { field: "error", names: ["failedReason", "stacktrace"] },
  { field: "payload", names: ["data"] },
  { field: "finished", names: [] },
];
/** Those that are no plain values; they come last. */
const APART: ReadonlySet<string> = new Set(["failedReason", "stacktrace", "data"]);

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
  errors: ErrorReader,
): Promise<Columns | null> {
  const names = namesOf(fields);
  const range = ["BY", "nosort", ...(order === "newest" ? ["DESC"] : []), "LIMIT", first, ids.length];
  const patterns = ["#", ...names.map((name) => `${base}*->${name}`)].flatMap((pattern) => ["GET", pattern]);
  try {
    const reply = await redis.callBuffer("SORT_RO", key, ...range, ...patterns);
    return toColumns(list(reply), ids, names, errors);
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
  errors: ErrorReader,
): Columns | null {
  const width = 1 + names.length;
  if (reply.length !== ids.length * width) return null;
  for (let n = 0; n < ids.length; n++) if (String(reply[n * width]) !== ids[n]) return null;
  const column = <T>(name: string, read: (value: Buffer) => T): (T | null)[] => {
    const out: (T | null)[] = [];
    for (let at = names.indexOf(name) + 1; at > 0 && at < reply.length; at += width)
      out.push(readAt(reply[at], read));
    return out;
  };
  const error = 1 + names.indexOf("failedReason");
  const plain = names.filter((name) => !APART.has(name)).length;
  const values: (string | null)[] = [];
  for (let start = 1; plain > 0 && start < reply.length; start += width)
    for (let i = 0; i < plain; i++) values.push(readAt(reply[start + i], wholeText));
  return {
    ...columnsOf([]),
    ids,
    values,
    errorAt: (n) => errors.read(bytes(reply[n * width + error]), bytes(reply[n * width + error + 1])),
    payloads: column("data", wholeText),
    sizes: column("data", (value) => value.length),
  };
}

function readAt<T>(value: unknown, read: (value: Buffer) => T): T | null {
  return Buffer.isBuffer(value) ? read(value) : null;
}

function bytes(value: unknown): Buffer | null {
  return Buffer.isBuffer(value) ? value : null;
}

function wholeText(value: Buffer): string {
  return value.toString();
}
