import type { WorkerList } from "@spillway/contract/schemas";
import type { ScanRow } from "@spillway/engine";

type Known = WorkerList["items"][number];

/** What a row tells of the worker it names. */
export type RanBy = Pick<ScanRow, "workerId" | "startedAt" | "finishedAt">;

/** Tells which worker a row means: an engine may keep no more of it than a name that several workers have. */
export interface WorkerBook {
  /** Its id, if the row holds it or only one worker of that name was there at the time; else what the row holds. */
  whoRan(queue: string, row: RanBy): string | null;
  /** Its version; also where all workers that could be meant run the same. Null where that can't be told. */
  versionOf(queue: string, row: RanBy): string | null;
}

/** Clocks of hosts differ a little, and the age of a connection is known in seconds only. Ms. */
const SLACK_MS = 5_000;
/** So long an agent's worker stays known after it ended, even to a console that was not there. Ms. */
const AGENTS_REMEMBER_MS = 55 * 60_000;

/** `workers`: those that work and those that ended; `since`: since when each that ended is among them, epoch ms. */
export function createWorkerBook(workers: readonly Known[], since: number): WorkerBook {
  const byId = new Map(workers.map((worker) => [worker.id, worker]));
  const byName = Map.groupBy(workers, ({ name }) => name ?? "");

  /** All that could be meant; null if there may have been others that nobody knows of. */
  function candidates(queue: string, { workerId, startedAt, finishedAt }: RanBy): Known[] | null {
    const exact = workerId === null ? undefined : byId.get(workerId);
    if (exact !== undefined) return [exact];
    const at = finishedAt ?? startedAt;
    const alike = byName.get(workerId ?? "")?.filter(({ queues }) => queues.includes(queue)) ?? [];
    const allTell = alike.every(({ source }) => source === "agent");
    if (workerId === null || at === null || at < since - (allTell ? AGENTS_REMEMBER_MS : 0)) return null;
    return alike.filter((worker) => wasThere(worker, at));
  }

  return {
    whoRan(queue, row) {
      const [one, other] = candidates(queue, row) ?? [];
      const isSole = one !== undefined && other === undefined && (one.id === row.workerId || one.started_at);
      return isSole ? one.id : row.workerId;
    },
    versionOf(queue, row) {
      const versions = new Set(candidates(queue, row)?.map(({ version }) => version));
      const [version] = versions;
      return versions.size === 1 ? (version ?? null) : null;
    },
  };
}

/** One whose beginning nobody knows may have been there. */
function wasThere({ started_at, ended_at }: Known, at: number): boolean {
  const began = started_at === null || at >= Date.parse(started_at) - SLACK_MS;
  return began && (ended_at === null || at <= Date.parse(ended_at) + SLACK_MS);
}
