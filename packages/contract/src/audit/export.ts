import type { AuditRecord } from "../schemas/audit.ts";
import { canonicalJson } from "./canonical.ts";
import type { RawEntry, Sha256 } from "./chain.ts";

/** What an NDJSON export says of itself, in its last line, beside the last record if there is one: without it the file's end is missing. */
export interface ExportSeal {
  exported_at: string;
  records: number;
  entries: number;
  /** Over the hashes of all entries, by number. */
  digest: string;
  /** Whether the entries follow each other to the newest without a hole: nothing was filtered out or evicted between. */
  gapless: boolean;
  /** The newest entry of the chain at that time, whether it is in the file or not. Null: there was none. */
  head: { seq: number; hash: string } | null;
  /** Over all of the above. */
  hash: string;
}

/** One line of an NDJSON export: a record whose entries carry what was hashed. */
export type ExportedRecord = Omit<AuditRecord, "entries"> & {
  entries: Omit<RawEntry, "id">[];
  export?: ExportSeal;
};

/** The one line of an NDJSON export in which there are no records. */
export interface SealAlone {
  export: ExportSeal;
}

/** The hash a seal must have. */
export function sealHash(seal: Readonly<Record<string, unknown>>, sha256: Sha256): string {
  return sha256(canonicalJson({ ...seal, hash: undefined }));
}

/** The digest of a seal. `hashes` in the order of their entries' numbers. */
export const digestOf = (hashes: Iterable<string>, sha256: Sha256): string => sha256([...hashes].join(""));
