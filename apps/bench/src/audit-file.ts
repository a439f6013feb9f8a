import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createVerifier, type Verdict } from "@spillway/contract/audit";
import { chainEntry } from "@spillway/contract/schemas";

/** A record as an audit file has it, read without the console. */
export interface FiledRecord {
  action: string;
  jobId: string | null;
  /** As its last entry says; `pending` where there is none but the intent. */
  status: string;
  code: string | null;
}

/** Reads an audit file and verifies its chain. */
export async function readAuditFile(
  path: string,
): Promise<{ records: Map<string, FiledRecord>; verdict: Verdict }> {
  const verifier = createVerifier({ sha256: (text) => createHash("sha256").update(text).digest("hex") });
  const records = new Map<string, FiledRecord>();
  let rest = "";
  const take = (line: string) => {
    verifier.add(line);
    const entry = parse(line);
    if (entry?.kind === "intent") {
      const { action, job_id: jobId } = entry.body;
      records.set(entry.id, { action, jobId, status: "pending", code: null });
    } else if (entry) {
      const record = records.get(entry.id);
      if (record) Object.assign(record, { status: entry.body.status, code: entry.body.error?.code ?? null });
    }
  };
  for await (const chunk of createReadStream(path, "utf8")) {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) take(line);
  }
  if (rest !== "") take(rest);
  return { records, verdict: verifier.end(rest !== "") };
}

function parse(line: string) {
  try {
    return chainEntry.parse(JSON.parse(line));
  } catch {
    return null;
  }
}
