import type { Overview } from "@spillway/contract/schemas";
import { lostSince } from "../../features/since/lost-since.ts";
import { useSince } from "../../features/since/use-since.ts";
import { formatAge, formatCount, plural, shownMinute } from "../../lib/format.ts";
import { Stat, StatLine } from "../../ui/stat.tsx";
import { useClock } from "../../ui/use-now.ts";
import { slotWords, staffWords, versionWords, type WorkerRow, working } from "./worker-facts.ts";

interface StaffProps {
  overview: Overview;
  unknown: string | null;
  rows: readonly WorkerRow[];
  /** The one queue whose workers these are; null for all there are. */
  queue: string | null;
}

/** How many work of those expected, and how they are. */
export function Staff({ overview, unknown, rows, queue }: StaffProps) {
  const { text, origin, missing } = staffWords(overview.total_workers, overview.expected_workers);
  const since = useSince();
  const alive = working(rows);
  const late = alive.filter(({ worker }) => worker.health === "late").length;
  return (
    <>
      <StatLine>
        {queue === null || unknown !== null ? (
          <Stat label="At work" value={text} note={unknown ?? origin} tone={missing > 0 ? "bad" : "plain"} />
        ) : (
          <Stat
            label={`At work for ${queue}`}
            value={plural(alive.length, "worker")}
            note={`${text} in all`}
            tone={alive.length === 0 ? "bad" : "plain"}
          />
        )}
        <SlotsStat alive={alive} unknown={unknown} queue={queue} />
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

/** Of one queue: when all are in use, it does no more at once. */
function SlotsStat({
  alive,
  unknown,
  queue,
}: Pick<StaffProps, "unknown" | "queue"> & { alive: WorkerRow[] }) {
  if (unknown !== null) return <Stat label="Slots in use" value="–" />;
  const { text, full } = slotWords(alive, queue);
  return (
    <Stat
      label="Slots in use"
      value={text}
      tone={queue !== null && full ? "warn" : "plain"}
      {...(queue === null ? {} : { note: full ? "all are busy" : `of ${queue}` })}
    />
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
      label={`Since ${shownMinute(since)}`}
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
