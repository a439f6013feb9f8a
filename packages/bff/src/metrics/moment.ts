import type { EngineSnapshot } from "@spillway/engine";
import type {
  BacklogPoint,
  BacklogTrend,
  LearnedBaseline,
  LedgerEntry,
  LostWorker,
  Trouble,
  TroubleInput,
  TroubleNotice,
} from "@spillway/triage";
import type { BffConfig } from "../deps.ts";
import { type Expected, figuresOf, type QueueFigures, trendOf, troubleQueue } from "./figures.ts";
import type { Measured } from "./flows.ts";
import type { HistoryStore } from "./history-store.ts";
import type { Pause, Pauses } from "./pauses.ts";
import { StaffRoll } from "./staff.ts";

/** All that is known after a good tick. */
export interface Moment {
  /** By our clock; ages are reckoned by the engine's, `snapshot.at`. */
  askedAt: number;
  snapshot: EngineSnapshot;
  workers: LedgerEntry[];
  staff: StaffRoll;
  expected: Expected | null;
  /** Of all queues together, over the last minute. */
  total: Measured | null;
  /** Where the waiting jobs of all queues together are heading. */
  trend: BacklogTrend;
  queues: ReadonlyMap<string, QueueFigures>;
  trouble: Trouble[];
  /** Since when there is no trouble; null while there is. */
  quietSince: number | null;
}

export function figuresOfAll(
  snapshot: EngineSnapshot,
  staff: StaffRoll,
  history: HistoryStore,
  pauses: Pauses,
  config: BffConfig,
  now: number,
): Map<string, QueueFigures> {
  const configured = new Map(Object.entries(config.expectedWorkers.queues));
  return new Map(
    snapshot.queues.map((queue) => {
      const usual = history.usual(queue.name, now);
      const known = {
        queue,
        measured: history.rate(queue.name),
        runs: history.runs(queue.name),
        lately: history.lately(queue.name),
        usual,
        staff: staff.of(queue.name),
        pause: pauses.of(queue.name),
        expected: expectedOf(configured.get(queue.name) ?? null, history.staffHabit.baseline(queue.name)),
      };
      const points = history.backlog(queue.name, now, queue.counts.waiting);
      const from = turnedAt(known.pause, now - snapshot.at);
      return [queue.name, figuresOf(known, pointsFrom(points, from), now)];
    }),
  );
}

/** Where all queues together are heading: of one that was paused or resumed, what was before tells nothing of it. */
export function trendOfAll(
  points: readonly BacklogPoint[],
  queues: ReadonlyMap<string, QueueFigures>,
  now: number,
  ahead: number,
): BacklogTrend {
  const from = queues.values().map(({ pause }) => turnedAt(pause, ahead));
  return trendOf(pointsFrom(points, Math.max(Number.NEGATIVE_INFINITY, ...from)), now);
}

const pointsFrom = (points: readonly BacklogPoint[], from: number): BacklogPoint[] =>
  points.filter(({ at }) => at >= from);

/** When it was paused or resumed last, by our clock, which is so much ahead of the engine's. Ms. */
const turnedAt = (pause: Pause | null, ahead: number): number =>
  (pause?.until ?? pause?.from ?? Number.NEGATIVE_INFINITY) + ahead;

export function staffAt(workers: LedgerEntry[], snapshot: EngineSnapshot): StaffRoll {
  return new StaffRoll(workers, snapshot.workers !== null);
}

/** What was configured beats what was learned. */
export function expectedOf(configured: number | null, learned: LearnedBaseline | null): Expected | null {
  if (configured !== null) {
    const workers = configured === 1 ? "1 worker is" : `${configured} workers are`;
    return {
      value: configured,
      source: "config",
      text: `${workers} expected by configuration (--expected-workers).`,
    };
  }
  return learned === null ? null : { value: learned.workers, source: "learned", text: learned.text };
}

export function troubleInput(
  moment: Pick<Moment, "queues" | "staff" | "expected" | "workers">,
  notices: TroubleNotice[],
): TroubleInput {
  return {
    queues: [...moment.queues.values()].map(troubleQueue),
    workers: {
      total: moment.staff.total.workers,
      expected: moment.expected?.value ?? null,
      lost: moment.workers.filter(isLost).map(toLost),
    },
    notices,
  };
}

/** One that is `gone` may have said goodbye unheard, as in every deploy: too few workers tell that story. */
function isLost({ health }: LedgerEntry): boolean {
  return health === "lost";
}

function toLost({ worker, lastSeenAt }: LedgerEntry): LostWorker {
  return {
    id: worker.id,
    name: worker.name,
    host: worker.host,
    queues: worker.queues,
    held: worker.activeJobs.length,
    lostAt: lastSeenAt,
  };
}
