import {
  digestOf,
  type ExportedRecord,
  type ExportSeal,
  type SealAlone,
  type Sha256,
  sealHash,
} from "@spillway/contract/audit";
import type { AuditRecord, ChainEntry } from "@spillway/contract/schemas";
import { NDJSON } from "../downloads/download.ts";
import { inPieces } from "../downloads/in-pieces.ts";
import { ofRows } from "../downloads/of-rows.ts";
import type { Making } from "../downloads/send-file.ts";
import type { Head } from "./as-of.ts";
import type { AuditStore } from "./store.ts";

interface Taken {
  audit: Pick<AuditStore, "entry">;
  /** Up to where the records tell: no entry of them is newer. */
  head: Head;
  sha256: Sha256;
  /** Epoch ms. */
  now: number;
}

/**
 * Records as they can be verified elsewhere: a line each, oldest first, whose entries carry what was hashed; the last one
 * says how many there are and where the chain's head was. Where there are none, it says so alone. A file without that last
 * word is not whole.
 */
export function exportNdjson(records: readonly AuditRecord[], taken: Taken): Making {
  // Both lists are of now: what changes or is evicted while the file is sent does not tear it.
  const wholes = records.map((record) => record.entries.flatMap(({ seq }) => taken.audit.entry(seq) ?? []));
  const seal = sealOf(wholes, taken);
  const alone: SealAlone = { export: seal };
  const pieces = inPieces(records, (some, from) =>
    records.length === 0
      ? `${JSON.stringify(alone)}\n`
      : some
          .map((record, i) => {
            const at = from + i;
            return lineOf(record, wholes[at] ?? [], at === records.length - 1 ? seal : null);
          })
          .join(""),
  );
  return ofRows(NDJSON, pieces, () => "");
}

function lineOf(record: AuditRecord, whole: readonly ChainEntry[], seal: ExportSeal | null): string {
  const entries = whole.map(({ kind, seq, at, prev_hash, hash, body }) => ({
    kind,
    seq,
    at,
    prev_hash,
    hash,
    body,
  }));
  const line: ExportedRecord = { ...record, entries, ...(seal && { export: seal }) };
  return `${JSON.stringify(line)}\n`;
}

function sealOf(wholes: readonly ChainEntry[][], { head, sha256, now }: Taken): ExportSeal {
  const links = wholes.flat().sort((a, b) => a.seq - b.seq);
  const [first] = links;
  const seal = {
    exported_at: new Date(now).toISOString(),
    records: wholes.length,
    entries: links.length,
    digest: digestOf(
      links.map(({ hash }) => hash),
      sha256,
    ),
    gapless: first && head ? links.length === head.seq - first.seq + 1 : head === null,
    head,
  };
  return { ...seal, hash: sealHash(seal, sha256) };
}
