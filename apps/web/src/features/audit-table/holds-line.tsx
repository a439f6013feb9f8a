import type { AuditList } from "@spillway/contract/schemas";
import { formatCount, utcShort, utcStamp } from "../../lib/format.ts";
import { serverNow } from "../../ui/use-now.ts";

type Holds = AuditList["holds"];

/** `from 03:12Z (process start)`: before this there may be more, elsewhere. */
export const sinceWords = ({ since, evicted, source }: Holds): string =>
  `from ${utcShort(since, serverNow())}${evicted > 0 ? " (older ones were evicted)" : source === "memory" ? " (process start)" : ""}`;

/** How much is here, since when, what went, and where it is kept. */
export function HoldsLine({ list, filtered }: { list: AuditList; filtered: boolean }) {
  const { holds, chain, total_matching } = list;
  const parts = [
    ...(filtered ? [`${formatCount(total_matching)} match`] : []),
    `${formatCount(holds.size)} of at most ${formatCount(holds.capacity)}`,
    sinceWords(holds),
    `${formatCount(holds.evicted)} evicted`,
    holds.source === "memory" ? "kept only in this process" : "copied to the audit file",
  ];
  return (
    <p role="status" className="text-sm text-dim">
      {parts.join(" · ")}
      {chain.last_copied_out_at === null ? null : <span> (last {utcStamp(chain.last_copied_out_at)})</span>}
      {chain.consistent ? null : (
        <strong className="block text-failed">
          The chain of entries does not agree with itself: a record held here was altered or is missing.
        </strong>
      )}
    </p>
  );
}
