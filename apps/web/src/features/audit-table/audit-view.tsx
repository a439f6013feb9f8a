import type { AuditList, Marker } from "@spillway/contract/schemas";
import { ArrowUp, X } from "lucide-react";
import { Link } from "react-router";
import { addressOf } from "../../api/queries.ts";
import { plural } from "../../lib/format.ts";
import { IconButton } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Panel } from "../../ui/panel.tsx";
import { useHold } from "../live/the-live.ts";
import { CopyNoteButton } from "../notes/copy-note-button.tsx";
import { useSelection } from "../selection/use-selection.ts";
import { AuditFilters } from "./audit-filters.tsx";
import { auditNote, timelineNote } from "./audit-note.ts";
import { type AuditRow, withMarkers } from "./audit-rows.ts";
import { type AuditSearch, auditPageQuery, isFiltered, pageSize } from "./audit-search.ts";
import { AuditTable, rowId } from "./audit-table.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { HoldsLine, sinceWords } from "./holds-line.tsx";
import { KeepThem } from "./keep-them.tsx";
import { useArrivals } from "./use-arrivals.ts";

interface AuditViewProps {
  list: AuditList;
  /** Deploys that no record tells of. */
  markers: readonly Marker[];
  search: AuditSearch;
  /** On a queue's own page: its name, which no filter changes. */
  fixedQueue?: string;
  onChange: (next: Partial<AuditSearch>) => void;
  link: (next: Partial<AuditSearch>) => string;
}

/** Filters, what is held, the records and the ways out. */
export function AuditView({ list, markers, search, fixedQueue, onChange, link }: AuditViewProps) {
  const { shown, fresh, show } = useArrivals(list.items);
  const asked = fixedQueue === undefined ? search : { ...search, queue: fixedQueue };
  const last = list.items.at(-1);
  const hasOlder = list.items.length >= pageSize;
  const rows = withMarkers(shown, markers, { hasOlder, hasNewer: search.before !== 0 });
  const selected = useSelection(rows, rowId, JSON.stringify(asked));
  useHold(selected.rows.length > 0);
  return (
    <div className="flex flex-col gap-3">
      <AuditFilters
        search={search}
        facets={list.facets}
        onChange={onChange}
        withoutQueue={fixedQueue !== undefined}
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <HoldsLine list={list} filtered={isFiltered(asked)} />
        <div className="flex flex-wrap items-center gap-2 sm:ml-auto">
          {list.holds.copies.sinks.length === 0 ? <KeepThem /> : null}
          <ExportMenu search={asked} />
          <CopyNoteButton
            asked={() => addressOf(auditPageQuery(asked).queryKey)}
            note={() => auditNote(list, asked)}
          />
        </div>
      </div>
      {fresh === 0 ? null : <Arrivals fresh={fresh} onShow={show} />}
      <Panel flush>
        <AuditTable
          rows={rows}
          selection={selected.table}
          empty={<NoRecords list={list} search={search} />}
        />
      </Panel>
      <nav aria-label="Pages" className="flex gap-4 text-sm">
        {search.before === 0 ? null : (
          <Link to={link({ before: 0 }) || "?"} className="text-accent hover:underline">
            Newest
          </Link>
        )}
        {last === undefined || !hasOlder ? null : (
          <Link to={link({ before: last.seq })} className="text-accent hover:underline">
            Older
          </Link>
        )}
      </nav>
      <SelectedRecords rows={selected.rows} onClear={selected.clear} />
    </div>
  );
}

/** What can be done with the rows picked; stays in sight under them. */
function SelectedRecords({ rows, onClear }: { rows: readonly AuditRow[]; onClear: () => void }) {
  if (rows.length === 0) return null;
  return (
    <section
      aria-label="Selected records"
      className="sticky bottom-4 z-10 mx-auto flex w-fit max-w-full items-center gap-2 rounded-xl border border-line-strong bg-panel py-2 pr-2 pl-4 shadow-float max-sm:bottom-16"
    >
      <strong aria-live="polite" className="text-sm font-semibold">
        {rows.length} selected
      </strong>
      <CopyNoteButton label="Copy as a timeline" note={() => timelineNote(rows)} />
      <IconButton label="Clear the selection" size="small" data-clears-selection onClick={onClear}>
        <X size={14} aria-hidden />
      </IconButton>
    </section>
  );
}

function Arrivals({ fresh, onShow }: { fresh: number; onShow: () => void }) {
  return (
    <div role="status" className="pointer-events-none sticky top-35 z-10 flex justify-center">
      <button
        type="button"
        onClick={onShow}
        className="pointer-events-auto inline-flex h-8 items-center gap-1.5 rounded-full border border-line-strong bg-panel px-3 text-sm text-accent shadow-float hover:bg-raised"
      >
        <ArrowUp size={14} aria-hidden />
        {plural(fresh, "new record")}
      </button>
    </div>
  );
}

/** Nothing here is not nothing ever: says since when that is true. */
function NoRecords({ list: { holds }, search }: { list: AuditList; search: AuditSearch }) {
  if (search.before !== 0) return <EmptyState title="No older matching record is held here" />;
  const where =
    holds.source === "memory"
      ? "Earlier records ended with an earlier process, unless they were exported."
      : "Earlier records are in the audit file.";
  return (
    <EmptyState
      title={`No matching record ${sinceWords(holds).replace(/^from/, "since")}`}
      actions={
        <Link to="?" className="text-accent hover:underline">
          Clear filters
        </Link>
      }
    >
      {where}
    </EmptyState>
  );
}
