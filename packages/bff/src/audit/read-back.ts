import type { Logger } from "../deps.ts";
import { type ChainCheck, checkChain } from "./chain.ts";
import { type ChainEntry, chainEntry } from "./entry.ts";
import { ownIntent, recordFact } from "./seam.ts";
import type { AuditStore } from "./store.ts";

export interface ReadBack {
  lines: string[];
  problem: string | null;
}

/** Takes over what an earlier process wrote: closes what it left open, and says in a record of its own what is missing. */
export async function resumeAudit(
  store: AuditStore,
  { lines, problem }: ReadBack,
  deps: { sha256: (text: string) => string; log: Logger },
): Promise<void> {
  const { entries, unreadable } = readEntries(lines);
  const check = checkChain(entries, deps.sha256);
  if (!check.ok)
    deps.log.error("The audit file does not fit together.", { seq: check.firstBad, why: check.why });
  store.resume(entries);
  const interrupted = await closeInterrupted(store);
  const last = entries.at(-1);
  if (last === undefined && problem === null && unreadable === 0) {
    await recordFact(store, ownIntent("console.started", "system"), null);
    return;
  }
  const details = {
    last_entry_at: last?.at ?? null,
    entries: entries.length,
    unreadable_lines: unreadable,
    interrupted,
    chain: describe(check),
    ...(problem !== null && { problem }),
    note: "What was done between the last entry and this record, if anything, was not recorded here.",
  };
  await recordFact(store, ownIntent("audit.resumed", "system", { details }), null);
}

/** Entries in order; a line written twice, because the first writing was not known to be safe, counts once. */
function readEntries(lines: readonly string[]): { entries: ChainEntry[]; unreadable: number } {
  const entries: ChainEntry[] = [];
  let unreadable = 0;
  for (const line of lines) {
    const entry = parseLine(line);
    if (entry === null) unreadable++;
    else if (entry.hash !== entries.at(-1)?.hash) entries.push(entry);
  }
  return { entries, unreadable };
}

function parseLine(line: string): ChainEntry | null {
  try {
    return chainEntry.parse(JSON.parse(line));
  } catch {
    return null;
  }
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

function describe(check: ChainCheck): string {
  return check.ok ? "consistent" : `broken at entry ${check.firstBad}: ${check.why}`;
}
