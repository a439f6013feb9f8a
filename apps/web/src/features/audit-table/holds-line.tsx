import type { AuditList } from "@spillway/contract/schemas";
import { formatCount, plural, shownShort, shownStamp } from "../../lib/format.ts";
import { serverNow } from "../../ui/use-now.ts";

type Holds = AuditList["holds"];
type Copies = Holds["copies"];
type Sink = Copies["sinks"][number];

const NAMES: Record<Sink["kind"], (target: string) => string> = {
  file: () => "The audit file",
  webhook: (target) => `The audit webhook at ${target}`,
  otlp: (target) => `The OpenTelemetry collector at ${target}`,
};

/** `from 03:12Z (process start)`: before this there may be more, elsewhere. */
export const sinceWords = ({ since, evicted, source }: Holds): string =>
  `from ${shownShort(since, serverNow())}${evicted > 0 ? " (older ones were evicted)" : source === "memory" ? " (process start)" : ""}`;

/** Where entries are copied to now: what fails has a sentence of its own. */
function placeWords({ sinks }: Copies): string {
  const working = sinks.filter(({ status }) => status === "ok");
  const places = working.map(({ kind, target }) => (kind === "file" ? "the audit file" : target));
  if (places.length > 0) return `copied to ${places.join(" and ")}`;
  return sinks.length === 0 ? "kept only in this process" : "kept only in this process for now";
}

/** Says of a sink that fails since when and why, and what that means for those who want to act. */
function SinkTrouble({ sink, copies: { required, sinks } }: { sink: Sink; copies: Copies }) {
  if (sink.status === "ok" || sink.failing_since === null) return null;
  const name = NAMES[sink.kind](sink.target);
  const canSave = sinks.some(({ status }) => status === "ok");
  const meaning = !required
    ? "Actions go on without it."
    : canSave
      ? "Actions go on: another copy is made."
      : "Nothing can be done until it works again.";
  return (
    <strong className="block text-failed">
      {name} has failed since {shownShort(sink.failing_since, serverNow())}: {sink.problem}.{" "}
      {plural(sink.waiting, "entry", "entries")} {sink.waiting === 1 ? "waits" : "wait"} for it
      {sink.given_up === 0 ? "" : `, ${formatCount(sink.given_up)} were given up`}. {meaning}
    </strong>
  );
}

/** How much is here, since when, what went, and where it is kept. */
export function HoldsLine({ list, filtered }: { list: AuditList; filtered: boolean }) {
  const { holds, chain, total_matching } = list;
  const parts = [
    ...(filtered ? [`${formatCount(total_matching)} match`] : []),
    `${formatCount(holds.size)} of at most ${formatCount(holds.capacity)}`,
    sinceWords(holds),
    `${formatCount(holds.evicted)} evicted`,
    ...(holds.denied.size === 0 ? [] : [`${formatCount(holds.denied.size)} not let in, held apart`]),
    placeWords(holds.copies),
  ];
  return (
    <p role="status" className="text-sm text-dim">
      {parts.join(" · ")}
      {chain.last_copied_out_at === null ? null : <span> (last {shownStamp(chain.last_copied_out_at)})</span>}
      {holds.copies.sinks.map((sink) => (
        <SinkTrouble key={`${sink.kind} ${sink.target}`} sink={sink} copies={holds.copies} />
      ))}
      {chain.consistent ? null : (
        <strong className="block text-failed">
          The chain of entries does not agree with itself: a record held here was altered or is missing.
        </strong>
      )}
    </p>
  );
}
