import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { GENESIS, hashOf } from "@spillway/contract/audit";
import type { ChainEntry, Intent, Outcome } from "@spillway/contract/schemas";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const PIECE = 5_000;

const INTENT: Intent = {
  action: "job.retry",
  source: "ui",
  queue: "billing",
  job_id: "42",
  operation_id: null,
  actor: {
    id: "ana",
    name: "Ana",
    verified: false,
    roles: ["admin"],
    auth: "none",
    session: null,
    ip: "127.0.0.1",
  },
  reason: "provider is back",
  incident: "INC-1123-1402",
  destructive: false,
  expected: "failed:1763906400000",
  requested: 1,
  details: { reset_attempts: false },
  idempotency_key: null,
  request_id: "01KAR5J5M4W0D5Z9W5Q3T2Y7B1",
};
const OUTCOME: Outcome = {
  status: "success",
  affected: 1,
  skipped: null,
  failed: 0,
  error: null,
  details: { task: "invoice.charge", from: "failed", to: "waiting", error_shape: "1:5f0c8a7be2" },
};

/** Writes an audit file as a console would have left it after so many successful retries. */
export async function makeAuditFile(path: string, records: number): Promise<void> {
  await using file = await open(path, "w", 0o600);
  const begun = Date.UTC(2026, 10, 1);
  let last = { seq: 0, hash: GENESIS };
  let text = "";
  for (let i = 0; i < records; i++) {
    const common = {
      at: new Date(begun + i * 1_000).toISOString(),
      id: `01KA${i.toString(32).toUpperCase().padStart(22, "0")}`,
    };
    for (const content of [
      { kind: "intent" as const, body: INTENT },
      { kind: "outcome" as const, body: OUTCOME },
    ]) {
      const unhashed = { ...content, ...common, seq: last.seq + 1, prev_hash: last.hash };
      const entry: ChainEntry = { ...unhashed, hash: hashOf(unhashed, sha256) };
      text += `${JSON.stringify(entry)}\n`;
      last = entry;
    }
    if (i % PIECE !== PIECE - 1) continue;
    await file.appendFile(text);
    text = "";
  }
  await file.appendFile(text);
}
