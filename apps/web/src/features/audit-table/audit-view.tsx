import type { AuditList } from "@spillway/contract/schemas";
import { ArrowUp } from "lucide-react";
import { Link } from "react-router";
import { plural } from "../../lib/format.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Panel } from "../../ui/panel.tsx";
import { CopyNoteButton } from "../notes/copy-note-button.tsx";
import { AuditFilters } from "./audit-filters.tsx";
import { auditNote } from "./audit-note.ts";
import { type AuditSearch, isFiltered, pageSize } from "./audit-search.ts";
import { AuditTable } from "./audit-table.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { HoldsLine, sinceWords } from "./holds-line.tsx";
import { KeepThem } from "./keep-them.tsx";
import { useArrivals } from "./use-arrivals.ts";

interface AuditViewProps {
  list: AuditList;
  search: AuditSearch;
  /** On a queue's own page: its name, which no filter changes. */
  fixedQueue?: string;
  onChange: (next: Partial<AuditSearch>) => void;
  link: (next: Partial<AuditSearch>) => string;
}

/** Filters, what is held, the records and the ways out. */
export function AuditView({ list, search, fixedQueue, onChange, link }: AuditViewProps) {
  const { shown, fresh, show } = useArrivals(list.items);
  const asked = fixedQueue === undefined ? search : { ...search, queue: fixedQueue };
  const last = list.items.at(-1);
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
        <div className="flex items-center gap-2 sm:ml-auto">
          {list.holds.copies.sinks.length === 0 ? <KeepThem /> : null}
          <ExportMenu search={asked} />
          <CopyNoteButton note={() => auditNote(list, asked)} />
        </div>
      </div>
      {fresh === 0 ? null : <Arrivals fresh={fresh} onShow={show} />}
      <Panel flush>
        <AuditTable records={shown} empty={<NoRecords list={list} search={search} />} />
      </Panel>
      <nav aria-label="Pages" className="flex gap-4 text-sm">
        {search.before === 0 ? null : (
          <Link to={link({ before: 0 }) || "?"} className="text-accent hover:underline">
            Newest
          </Link>
        )}
        {last === undefined || list.items.length < pageSize ? null : (
          <Link to={link({ before: last.seq })} className="text-accent hover:underline">
            Older
          </Link>
        )}
      </nav>
    </div>
  );
}

function Arrivals({ fresh, onShow }: { fresh: number; onShow: () => void }) {
  return (
    <div role="status" className="pointer-events-none sticky top-28 z-10 flex justify-center">
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
