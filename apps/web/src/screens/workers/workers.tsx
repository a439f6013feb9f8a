import type { Overview } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { load, useLoaded } from "../../api/load.ts";
import { addressOf, overviewQuery, workersQuery } from "../../api/queries.ts";
import { CopyNoteButton } from "../../features/notes/copy-note-button.tsx";
import { FellBackNote } from "../../features/place/fell-back-note.tsx";
import { useUrlState } from "../../features/place/use-place.ts";
import { useThen } from "../../features/session/use-session.ts";
import { AttachAgent } from "../../features/teach/attach-agent.tsx";
import { shownTime } from "../../lib/format.ts";
import { maybeField, textField, type UrlValue, urlState } from "../../lib/url-state.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Select } from "../../ui/field.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Staff } from "./staff.tsx";
import { ended, healths, toRows, type WorkerRow, working } from "./worker-facts.ts";
import { EndedTable, WorkingTable } from "./worker-tables.tsx";
import { workersNote } from "./workers-note.ts";

const fields = { queue: textField(1000), health: maybeField(healths) };
const search = urlState(fields);

export const loader = () => load(workersQuery(), overviewQuery());

const healthOptions = [
  { value: "", text: "any health" },
  ...healths.map((value) => ({ value, text: value })),
];

const askedOf = ({ queue, health }: UrlValue<typeof fields>) => ({
  ...(queue === "" ? {} : { queue }),
  ...(health === null ? {} : { health }),
});

export function Component() {
  const list = useLoaded(workersQuery());
  const overview = useLoaded(overviewQuery());
  const then = useThen(list.as_of);
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
        note={then === null ? undefined : `as it was at ${shownTime(then)}`}
        actions={
          <CopyNoteButton
            asked={() => addressOf(workersQuery(askedOf(value)).queryKey)}
            note={() => workersNote(overview, list.unknown, matching)}
          />
        }
      />
      <FellBackNote fellBack={fellBack} />
      <Staff
        overview={overview}
        unknown={list.unknown}
        rows={value.queue === "" ? all : all.filter(({ worker }) => worker.queues.includes(value.queue))}
        queue={value.queue === "" ? null : value.queue}
      />
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
      <LittleKnown rows={working(all)} />
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

/** Workers that nobody tells of, and what would. */
function LittleKnown({ rows }: { rows: readonly WorkerRow[] }) {
  const count = rows.filter(
    ({ worker }) => worker.source === "connection" || worker.source === "lock",
  ).length;
  if (count === 0) return null;
  return (
    <details className="text-sm text-dim">
      <summary className="cursor-pointer hover:text-text">
        {count === 1 ? "1 worker is" : `${count} workers are`} known by no more than a connection or a lock.
        How to see more
      </summary>
      <div className="flex flex-col gap-2 pt-2 pl-4">
        <AttachAgent />
      </div>
    </details>
  );
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
    <EmptyState title="No worker is connected to any queue">
      <div className="flex flex-col items-center gap-3">
        <p>
          Jobs wait until one starts; starting workers is your orchestrator's task. A worker appears here by
          itself, as soon as it connects.
        </p>
        <AttachAgent />
      </div>
    </EmptyState>
  );
}
