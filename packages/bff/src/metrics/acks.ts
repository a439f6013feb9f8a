import type { Trouble } from "@spillway/contract/schemas";
import type { Trouble as Finding } from "@spillway/triage";
import { evidencePath } from "./links.ts";
import { iso } from "./wire-time.ts";

type Ack = NonNullable<Trouble["acked"]>;

/** Who said "I am on it" of which finding; forgotten with the finding, or when the time they gave is over. */
export class Acks {
  readonly #acks = new Map<string, Ack>();

  put(id: string, ack: Ack): void {
    this.#acks.set(id, ack);
  }

  /** Drops those of findings that are no longer there. */
  keepOnly(findings: Iterable<Finding>): void {
    const present = new Set(Iterator.from(findings).map((finding) => finding.id));
    for (const id of this.#acks.keys()) if (!present.has(id)) this.#acks.delete(id);
  }

  toTrouble({ evidence, since, ...finding }: Finding, now: number): Trouble {
    const ack = this.#acks.get(finding.id);
    const holds = ack !== undefined && (ack.until === null || Date.parse(ack.until) > now);
    return { ...finding, since: iso(since), link: evidencePath(evidence), acked: holds ? ack : null };
  }
}
