import type { Overview } from "@spillway/contract/schemas";
import { codeName, type Note } from "../../features/notes/notes.ts";
import { formatAge, utcStamp } from "../../lib/format.ts";
import { ended, staffWords, versionWords, type WorkerRow, working } from "./worker-facts.ts";

/** The staff in a few lines for an incident's notes: how many, who is late, who was lost holding what. */
export function workersNote(overview: Overview, unknown: string | null, rows: readonly WorkerRow[]): Note {
  const { text, origin } = staffWords(overview.total_workers, overview.expected_workers);
  const late = working(rows).filter(({ worker }) => worker.health === "late");
  return {
    title: text,
    lines: [
      ...(unknown === null ? [] : [unknown]),
      ...(origin === "" ? [] : [origin]),
      ...versionLine(working(rows)),
      ...late.map(
        ({ worker }) =>
          `late: ${codeName(worker.name ?? worker.id)}, last heartbeat ${formatAge(worker.heartbeat_age_s)} before`,
      ),
      ...ended(rows).map(({ worker }) => {
        const when = worker.ended_at === null ? "" : ` since ${utcStamp(worker.ended_at)}`;
        const held = worker.active_jobs.map((job) => codeName(`${job.queue}/${job.job_id}`)).join(", ");
        return `${worker.health}${when}: ${codeName(worker.name ?? worker.id)}${held === "" ? "" : `, held ${held}`}`;
      }),
    ],
  };
}

function versionLine(rows: readonly WorkerRow[]): string[] {
  const words = versionWords(rows);
  if (words === null) return [];
  const { version, share, others } = words;
  return [`version ${codeName(version)} ${share}${others === "" ? "" : `, ${others}`}`];
}
