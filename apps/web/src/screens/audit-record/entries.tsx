import type { AuditRecord } from "@spillway/contract/schemas";
import { utcStamp } from "../../lib/format.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { type Column, Table } from "../../ui/table.tsx";

type Entry = AuditRecord["entries"][number];

type Kinds = Readonly<Record<Entry["kind"], string>>;

const doneHere: Kinds = {
  intent: "intent, before the effect",
  outcome: "outcome",
  resolution: "resolution, found out later",
};
/** What had happened already when it came on record was nobody's intent here. */
const happened: Kinds = { ...doneHere, intent: "what happened", outcome: "end of the record" };
const seen: Kinds = { ...happened, intent: "what was seen" };

const withdrawn: Kinds = { ...doneHere, resolution: "withdrawn since" };

function kindsOf({ source, details }: AuditRecord): Kinds {
  if (source === "observed") return seen;
  if (source === "system") return happened;
  return details.withdrawn === undefined ? doneHere : withdrawn;
}

const Hash = ({ hash, label }: { hash: string; label: string }) => (
  <span className="inline-flex max-w-full items-center gap-1">
    <span className="truncate font-mono text-xs" data-tip={hash}>
      {hash.slice(0, 16)}…
    </span>
    <CopyButton iconOnly size="small" label={label} text={hash} />
  </span>
);

const columnsOf = (kinds: Kinds): readonly Column<Entry>[] => [
  { key: "seq", head: "Entry", width: "w-20", cell: ({ seq }) => `#${seq}` },
  { key: "kind", head: "Kind", width: "w-56", cell: ({ kind }) => kinds[kind] },
  { key: "at", head: "Time (UTC)", width: "w-54", cell: ({ at }) => utcStamp(at) },
  { key: "hash", head: "Hash", cell: ({ hash }) => <Hash hash={hash} label="Copy the hash" /> },
  {
    key: "prev",
    head: "Hash of the entry before",
    from: "md",
    cell: ({ prev_hash }) => <Hash hash={prev_hash} label="Copy the hash of the entry before" />,
  },
];

/** The links of the append-only chain this record is projected from. */
export function Entries({ record }: { record: AuditRecord }) {
  const kinds = kindsOf(record);
  return (
    <Table
      label="Entries"
      columns={columnsOf(kinds)}
      rows={record.entries}
      rowId={({ seq }) => String(seq)}
      sticky={false}
      card={({ seq, kind }) => (
        <span>
          #{seq} {kinds[kind]}
        </span>
      )}
      cardNote={({ at, hash }) => (
        <>
          <span>{utcStamp(at)}</span>
          <span className="font-mono">{hash.slice(0, 16)}…</span>
        </>
      )}
    />
  );
}
