import { ALTERED, hashOf, type RawEntry, type Sha256, whyUnlinked } from "./chain.ts";
import type { Misfit, Verdict } from "./verdict.ts";

/** A sink that failed half-way gets its lines again, so that far back a line may be there twice. */
const MOST_REPEATED = 1_000;

/** Checks the lines of an audit file, entry by entry, in little memory. */
export class FileCheck {
  readonly #sha256: Sha256;
  readonly #notedHead: string | null;
  readonly #recent = new Set<string>();
  readonly #open = new Set<string>();
  readonly #verdict: Verdict = {
    form: "file",
    records: 0,
    entries: 0,
    from: null,
    to: null,
    first: null,
    head: null,
    leftOut: 0,
    bad: null,
    notes: [],
  };
  #repeats = 0;
  #oddLine: number | null = null;
  #odd = 0;
  #hasNotedHead = false;

  constructor(sha256: Sha256, notedHead: string | null) {
    this.#sha256 = sha256;
    this.#notedHead = notedHead;
  }

  add(entry: RawEntry, line: number): void {
    const verdict = this.#verdict;
    if (verdict.bad !== null) return;
    const isRepeat = this.#recent.has(entry.hash);
    const why = isRepeat ? null : this.#whyUnlinked(entry);
    if (why !== null) verdict.bad = this.#misfit(entry, line, why);
    else if (entry.hash !== hashOf(entry, this.#sha256)) verdict.bad = { line, id: entry.id, why: ALTERED };
    else if (isRepeat) this.#repeats++;
    else this.#take(entry);
  }

  /** A line that holds no entry: half of one, where a process was killed while it wrote, or what does not belong here. */
  addOdd(line: number): void {
    this.#oddLine ??= line;
    this.#odd++;
  }

  /** `isTorn`: the last line has no end. */
  end(lines: number, isTorn: boolean): Verdict {
    const verdict = this.#verdict;
    const { bad, head, notes } = verdict;
    if (bad === null && this.#oddLine !== null)
      verdict.bad = {
        line: this.#oddLine,
        id: null,
        why: isTorn && this.#oddLine === lines ? TORN : "it holds no entry",
      };
    else if (bad === null && this.#notedHead !== null && !this.#hasNotedHead)
      verdict.bad = { line: lines + 1, id: null, why: HEAD_MISSING };
    const { first } = verdict;
    if (first !== null && first > 1)
      notes.push(`It begins with entry ${first}: what was before is in an earlier file, or was cut off.`);
    if (this.#odd > 0 && verdict.bad === null)
      notes.push(`Lines that hold no entry: ${this.#odd}. The chain goes on past them.`);
    if (this.#repeats > 0) notes.push(`Lines that are there twice: ${this.#repeats}.`);
    if (this.#open.size > 0 && head !== null) notes.push(`Intents without an outcome: ${this.#open.size}.`);
    return verdict;
  }

  /** A line without an entry at the beginning is one that is missing, unless the chain begins after it. */
  #whyUnlinked(entry: RawEntry): string | null {
    const { head } = this.#verdict;
    if (head === null && this.#oddLine !== null && entry.seq > 1) return "entry 1 should come";
    return whyUnlinked(head, entry);
  }

  #take(entry: RawEntry): void {
    const verdict = this.#verdict;
    verdict.entries++;
    verdict.from ??= entry.at;
    verdict.to = entry.at;
    verdict.first ??= entry.seq;
    verdict.head = { seq: entry.seq, hash: entry.hash };
    this.#oddLine = null;
    this.#hasNotedHead ||= entry.hash === this.#notedHead;
    this.#recent.add(entry.hash);
    if (this.#recent.size > MOST_REPEATED) this.#recent.delete(this.#recent.values().next().value ?? "");
    if (entry.kind === "intent") {
      verdict.records++;
      this.#open.add(entry.id);
    } else this.#open.delete(entry.id);
  }

  /** A line without an entry where one is missing is what does not fit, not the sound one after it. */
  #misfit({ id }: RawEntry, line: number, why: string): Misfit {
    if (this.#oddLine === null) return { line, id, why };
    return { line: this.#oddLine, id: null, why: `it holds no entry, and after it ${why}` };
  }
}

const TORN =
  "it breaks off: the process stopped while it wrote, or the end was cut off. A console that starts on the file goes on after it";

export const HEAD_MISSING =
  "the head that was noted is not in the file: its end was cut off, or it was written anew";
