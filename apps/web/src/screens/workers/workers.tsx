import type { Overview } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { load, useLoaded } from "../../api/load.ts";
import { overviewQuery, workersQuery } from "../../api/queries.ts";
import { CopyNoteButton } from "../../features/notes/copy-note-button.tsx";
import { FellBackNote } from "../../features/place/fell-back-note.tsx";
import { useUrlState } from "../../features/place/use-place.ts";
import { lostSince } from "../../features/since/lost-since.ts";
import { useSince } from "../../features/since/use-since.ts";
import { formatAge, formatCount, plural, utcMinute } from "../../lib/format.ts";
import { maybeField, textField, urlState } from "../../lib/url-state.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Select } from "../../ui/field.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Stat, StatLine } from "../../ui/stat.tsx";
import { useClock } from "../../ui/use-now.ts";
import {
  ended,
  healths,
  slotWords,
  staffWords,
  toRows,
  versionWords,
  type WorkerRow,
  working,
} from "./worker-facts.ts";
import { EndedTable, WorkingTable } from "./worker-tables.tsx";
import { workersNote } from "./workers-note.ts";

const search = urlState({ queue: textField(1000), health: maybeField(healths) });

export const loader = () => load(workersQuery(), overviewQuery());

const healthOptions = [
  { value: "", text: "any health" },
  ...healths.map((value) => ({ value, text: value })),
];

export function Component() {
  const list = useLoaded(workersQuery());
  const overview = useLoaded(overviewQuery());
  const { value, fellBack, change } = useUrlState(search);
  const all = toRows(list, frozenAt(overview));
  const matching = all.filter(
    ({ worker }) =>
      (value.queue === "" || worker.queues.includes(value.queue)) &&
      (value.health === null || worker.health === value.health),
  );
  const gone = ended(matching);
  const filtered = value.queue !== "" || value.health !== null;
  return (
    <div className="flex flex-col gap-4">
      <PageHeader
        title="Workers"
        actions={<CopyNoteButton note={() => workersNote(overview, list.unknown, matching)} />}
      />
      <FellBackNote fellBack={fellBack} />
      <Staff overview={overview} unknown={list.unknown} rows={all} />
      <div className="flex flex-wrap gap-2">
        <Select
          aria-label="Queue"
          className="max-w-60"
          options={queueOptions(all, value.queue)}
          value={value.queue}
          onPick={(queue) => change({ queue })}
        />
        <Select
          aria-label="Health"
          options={healthOptions}
          value={value.health ?? ""}
          onPick={(picked) => change({ health: healths.find((one) => one === picked) ?? null })}
        />
      </div>
      <Panel flush>
        <WorkingTable
          rows={working(matching)}
          empty={<NobodyWorks filtered={filtered && all.length > 0} unknown={list.unknown !== null} />}
        />
      </Panel>
      {gone.length === 0 ? null : (
        <Panel title="No longer working" note="kept with what they held, latest first" flush>
          <EndedTable rows={gone} />
        </Panel>
      )}
    </div>
  );
}

/** While the engine is away no age grows on screen: nobody knows whether a heartbeat came. */
function frozenAt({ engine }: Overview): number | null {
  return engine.status === "down" && engine.last_ok_at !== null ? Date.parse(engine.last_ok_at) : null;
}

function queueOptions(rows: readonly WorkerRow[], current: string) {
  const names = new Set(rows.flatMap(({ worker }) => worker.queues));
  if (current !== "") names.add(current);
  const sorted = [...names].sort((a, b) => a.localeCompare(b));
  return [{ value: "", text: "any queue" }, ...sorted.map((name) => ({ value: name, text: name }))];
}

interface StaffProps {
  overview: Overview;
  unknown: string | null;
  rows: readonly WorkerRow[];
}

function Staff({ overview, unknown, rows }: StaffProps) {
  const { text, origin, missing } = staffWords(overview.total_workers, overview.expected_workers);
  const since = useSince();
  const alive = working(rows);
  const late = alive.filter(({ worker }) => worker.health === "late").length;
  return (
    <>
      <StatLine>
        <Stat label="At work" value={text} note={unknown ?? origin} tone={missing > 0 ? "bad" : "plain"} />
        <Stat label="Slots in use" value={unknown === null ? slotWords(alive) : "–"} />
        <OldestHeartbeat rows={alive} late={late} />
        <Versions rows={alive} />
        {since === null ? null : <SinceStat since={since} rows={rows} />}
      </StatLine>
      {unknown === null ? null : (
        <p
          role="status"
          className="rounded-md border border-paused/50 bg-warn-wash px-3 py-2 text-sm text-paused"
        >
          Who works is not known: {unknown}
          {rows.length === 0 ? "" : " Those below are shown as they were last seen."}
        </p>
      )}
    </>
  );
}

/** Who came and went since the chosen moment. */
function SinceStat({ since, rows }: { since: string; rows: readonly WorkerRow[] }) {
  const workers = rows.map(({ worker }) => worker);
  const lost = lostSince(workers, since).length;
  const started = workers.filter(({ started_at }) => started_at !== null && started_at >= since).length;
  const stopped = workers.filter(
    ({ health, ended_at }) => health !== "lost" && ended_at !== null && ended_at >= since,
  ).length;
  return (
    <Stat
      label={`Since ${utcMinute(since)}`}
      value={lost === 0 ? "none" : formatCount(lost)}
      unit="lost"
      tone={lost > 0 ? "bad" : "plain"}
      note={`${plural(started, "worker")} started, ${formatCount(stopped)} stopped`}
    />
  );
}

function OldestHeartbeat({ rows, late }: { rows: readonly WorkerRow[]; late: number }) {
  const beats = rows.flatMap(({ beatAt }) => beatAt ?? []);
  const frozen = rows[0]?.frozenAt ?? null;
  const age = useClock((now) =>
    beats.length === 0 ? null : Math.max(0, Math.floor(((frozen ?? now) - Math.min(...beats)) / 1000)),
  );
  const note = age === null ? "none is sent" : late > 0 ? `${plural(late, "worker")} late` : "all in time";
  return (
    <Stat label="Oldest heartbeat" value={formatAge(age)} note={note} tone={late > 0 ? "warn" : "plain"} />
  );
}

/** Which versions are at work: more than one is a deploy under way, or one that got stuck. */
function Versions({ rows }: { rows: readonly WorkerRow[] }) {
  const words = versionWords(rows);
  if (words === null)
    return rows.length === 0 ? null : <Stat label="Version" value="–" note="none is told" />;
  return <Stat label="Version" value={words.version} unit={words.share} note={words.others} />;
}

function NobodyWorks({ filtered, unknown }: { filtered: boolean; unknown: boolean }) {
  if (filtered) {
    return (
      <EmptyState title="No worker at work matches">
        <Link to="?" className="text-accent hover:underline">
          Show all
        </Link>
      </EmptyState>
    );
  }
  if (unknown)
    return <EmptyState title="Not permitted to see who works">The engine refuses to tell.</EmptyState>;
  return (
    <EmptyState title="Nobody works">
      No worker is connected to any queue. Jobs wait until one starts; starting workers is your orchestrator's
      task.
    </EmptyState>
  );
}
