import { canonicalJson } from "./canonical.ts";
import { ALTERED, hashOf, isObject, isRawEntry, type RawEntry, type Sha256, whyUnlinked } from "./chain.ts";
import { digestOf, sealHash } from "./export.ts";
import { applyEntry } from "./project.ts";
import type { Misfit, Verdict } from "./verdict.ts";
import { HEAD_MISSING } from "./verify-file.ts";

interface Placed extends Pick<RawEntry, "seq" | "hash" | "prev_hash" | "at"> {
  line: number;
  id: string;
}

/** Checks the records of an NDJSON export: each against its entries, these against each other and against the seal. */
export class ExportCheck {
  readonly #sha256: Sha256;
  readonly #notedHead: string | null;
  readonly #placed: Placed[] = [];
  #records = 0;
  #lastSeq = 0;
  #seal: Record<string, unknown> | null = null;
  #bad: Misfit | null = null;

  constructor(sha256: Sha256, notedHead: string | null) {
    this.#sha256 = sha256;
    this.#notedHead = notedHead;
  }

  add({ export: seal, ...record }: Record<string, unknown>, line: number): void {
    if (this.#bad !== null) return;
    const id = typeof record.id === "string" ? record.id : null;
    const entries = entriesOf(record, id);
    const why = this.#whyWrong(record, entries);
    if (why !== null) {
      this.#bad = { line, id, why };
      return;
    }
    this.#records++;
    this.#lastSeq = Number(record.seq);
    if (isObject(seal)) this.#seal = seal;
    for (const { seq, hash, prev_hash, at, id: of } of entries ?? [])
      this.#placed.push({ seq, hash, prev_hash, at, id: of, line });
  }

  /** Of an export without records, all that there is. */
  addSeal(seal: Record<string, unknown>): void {
    this.#seal = seal;
  }

  addOdd(line: number): void {
    this.#bad ??= { line, id: null, why: "it holds no record" };
  }

  end(lines: number): Verdict {
    this.#placed.sort((a, b) => a.seq - b.seq);
    const first = this.#placed[0];
    const last = this.#placed.at(-1);
    const span = first && last ? last.seq - first.seq + 1 : 0;
    const bad = this.#bad ?? this.#misplaced() ?? this.#unsealed(lines);
    return {
      form: "export",
      records: this.#records,
      entries: this.#placed.length,
      from: first?.at ?? null,
      to: last?.at ?? null,
      first: first?.seq ?? null,
      head: last ? { seq: last.seq, hash: last.hash } : null,
      leftOut: span - this.#placed.length,
      bad,
      notes: [],
    };
  }

  #whyWrong(record: Record<string, unknown>, entries: RawEntry[] | null): string | null {
    if (this.#seal !== null) return "it comes after the export's last line";
    if (entries === null) return "its entries do not say what was hashed";
    if (Number(record.seq) <= this.#lastSeq) return "it is not in order";
    if (entries.some((entry) => entry.hash !== hashOf(entry, this.#sha256))) return ALTERED;
    let made: Readonly<Record<string, unknown>> | null = null;
    for (const entry of entries) made = applyEntry(made, entry);
    const links = entries.map(({ kind, at, seq, prev_hash, hash }) => ({ kind, at, seq, prev_hash, hash }));
    if (canonicalJson(made) !== canonicalJson({ ...record, entries: links }))
      return "it does not say what its entries say";
    return null;
  }

  /** Neighbours must continue each other; between others something may have been left out. */
  #misplaced(): Misfit | null {
    const isGapless = this.#seal?.gapless === true;
    for (const [i, placed] of this.#placed.entries()) {
      const last = this.#placed[i - 1] ?? null;
      if (!isGapless && last !== null && placed.seq > last.seq + 1) continue;
      const why = whyUnlinked(last, placed);
      if (why !== null) return { line: placed.line, id: placed.id, why };
    }
    return null;
  }

  #unsealed(lines: number): Misfit | null {
    const seal = this.#seal;
    const past = (why: string): Misfit => ({ line: lines + 1, id: null, why });
    if (seal === null)
      return past("the export's last line is missing, which says how many records there are");
    if (seal.hash !== sealHash(seal, this.#sha256))
      return past("what its last line says of the export was changed");
    if (seal.records !== this.#records)
      return past(`the export had ${String(seal.records)} records, here are ${this.#records}`);
    const digest = digestOf(
      this.#placed.map(({ hash }) => hash),
      this.#sha256,
    );
    if (seal.digest !== digest) return past("its records are not those that were exported");
    const last = this.#placed.at(-1);
    const head = isObject(seal.head) ? seal.head : null;
    if (seal.gapless === true && head?.hash !== last?.hash) return past("the newest entries are missing");
    const hasHead =
      this.#placed.some(({ hash }) => hash === this.#notedHead) || head?.hash === this.#notedHead;
    return this.#notedHead === null || hasHead ? null : past(HEAD_MISSING);
  }
}

/** Null where an entry lacks what its hash was made of. */
function entriesOf(record: Record<string, unknown>, id: string | null): RawEntry[] | null {
  const entries = Array.isArray(record.entries) ? record.entries : [];
  const whole = entries.map((entry: unknown) => (isObject(entry) ? { ...entry, id } : entry));
  return whole.length > 0 && whole.every(isRawEntry) ? whole : null;
}
