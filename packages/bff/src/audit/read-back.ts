import type { Sha256 } from "@spillway/contract/audit";
import type { ChainEntry } from "@spillway/contract/schemas";
import type { Logger } from "../deps.ts";
import { parseEntry, whyWrong } from "./entry.ts";
import { ownIntent, recordFact } from "./seam.ts";
import type { AuditStore } from "./store.ts";

/** A sink that failed half-way gets its lines again, so that far back a line may be there twice. */
const MOST_REPEATED = 1_000;
/** Of lines that hold no entry, so many are named. */
const MOST_NAMED = 20;

/** Takes over what an earlier process wrote: closes what it left open, and says in a record of its own what is missing. */
export async function resumeAudit(
  store: AuditStore,
  lines: AsyncIterable<string>,
  {
    sha256,
    log,
    settings = {},
  }: { sha256: Sha256; log: Logger; settings?: Record<string, unknown> | undefined },
): Promise<void> {
  const found = await takeOver(store, lines, sha256);
  if (found.broken !== null) log.error("The audit file does not fit together.", { why: found.broken });
  const interrupted = await closeInterrupted(store);
  if (found.last === null && found.unreadable === 0) {
    await recordFact(store, ownIntent("console.started", "system", { details: settings }), null);
    return;
  }
  const details = {
    last_entry_at: found.last?.at ?? null,
    entries: found.entries,
    unreadable_lines: found.unreadable,
    interrupted,
    chain: found.broken ?? "consistent",
    ...problemOf(found),
    settings,
    note: "What was done between the last entry and this record, if anything, was not recorded here.",
  };
  await recordFact(store, ownIntent("audit.resumed", "system", { details }), null);
}

interface Found {
  entries: number;
  last: ChainEntry | null;
  /** Why the first entry that does not fit does not; null if all do. */
  broken: string | null;
  lines: number;
  /** Lines that hold no entry, and the numbers of the first of them. */
  unreadable: number;
  where: number[];
}

/** Line by line: a file of years need not fit into memory. */
async function takeOver(store: AuditStore, lines: AsyncIterable<string>, sha256: Sha256): Promise<Found> {
  const found: Found = { entries: 0, last: null, broken: null, lines: 0, unreadable: 0, where: [] };
  const recent = new Set<string>();
  for await (const line of lines) {
    found.lines++;
    if (line === "") continue;
    const entry = parseEntry(line);
    if (entry === null && ++found.unreadable <= MOST_NAMED) found.where.push(found.lines);
    // Written twice, because the first writing was not known to be safe, it counts once.
    if (entry === null || recent.has(entry.hash)) continue;
    const why = found.broken === null ? whyWrong(found.last, entry, sha256) : null;
    if (why !== null) found.broken = `broken at entry ${entry.seq}: ${why}`;
    found.entries++;
    found.last = entry;
    recent.add(entry.hash);
    if (recent.size > MOST_REPEATED) recent.delete(recent.values().next().value ?? "");
    store.resume(entry);
  }
  return found;
}

function problemOf({ lines, unreadable, where }: Found): { problem?: string } {
  if (unreadable === 0) return {};
  if (unreadable === 1 && where[0] === lines)
    return { problem: "The last line of the file broke off in the middle of being written." };
  return { problem: `Lines that hold no entry: ${where.join(", ")}${unreadable > MOST_NAMED ? ", …" : ""}.` };
}

async function closeInterrupted(store: AuditStore): Promise<number> {
  const open = [...store.records()].filter(({ status }) => status === "pending");
  const error = {
    code: "interrupted",
    message: "The console stopped before it knew what came of this. It may or may not have taken effect.",
  };
  for (const { id } of open) {
    const unknown = {
      status: "unknown",
      affected: null,
      skipped: null,
      failed: null,
      error,
      details: {},
    } as const;
    await store.complete(id, "resolution", unknown);
  }
  return open.length;
}
