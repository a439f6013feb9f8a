import type { WorkerRecord } from "@spillway/engine";

/** How long a rolling deploy is watched before it is told, if it is not done sooner, and until it is over for good. Ms. */
const WATCH_MS = 30_000;

type AtWork = Pick<WorkerRecord, "version" | "queues">;

export interface Deploy {
  /** Of the marker that tells it already; undefined the first time. */
  id: string | undefined;
  /** When the first worker of it was seen. Epoch ms. */
  at: number;
  title: string;
  /** The only queue that its workers serve; null where they are several. */
  queue: string | null;
}

/** Workers on their way to a version. */
interface Move {
  version: string;
  since: number;
  queues: ReadonlySet<string>;
  /** As it was told last. */
  told: { id: string; title: string; share: string } | null;
  /** Since when all of them are there, or none any more. */
  overSince: number | null;
}

/**
 * Notices when workers move to another version, be it new or an old one again: one marker for each move, whose title
 * follows the workers until all are there, or off it again, or on their way to yet another one.
 */
export class DeployWatch {
  readonly #tell: (deploy: Deploy) => string;
  /** The versions that served a queue when somebody did last: the same one coming back is a restart. */
  readonly #served = new Map<string, ReadonlySet<string>>();
  /** The latest first. */
  #moves: Move[] = [];

  /** `tell` sets the marker, or changes it, and returns its id. */
  constructor(tell: (deploy: Deploy) => string) {
    this.#tell = tell;
  }

  observe(workers: readonly AtWork[], at: number): void {
    for (const version of this.#newVersions(workers))
      if (this.#moves.every((move) => move.version !== version))
        this.#moves.unshift({ version, since: at, queues: new Set(), told: null, overSince: null });
    const kept: Move[] = [];
    for (const move of this.#moves) {
      const newer = kept.find(({ queues }) => [...queues].some((queue) => move.queues.has(queue)));
      const goesOn = newer === undefined ? this.#follow(move, workers, at) : newer.told === null;
      if (goesOn) kept.push(move);
    }
    this.#moves = kept;
  }

  #newVersions(workers: readonly AtWork[]): Set<string> {
    const serve = new Map<string, Set<string>>();
    for (const { version, queues } of workers)
      if (version !== null)
        for (const queue of queues) serve.set(queue, (serve.get(queue) ?? new Set()).add(version));
    const added = new Set<string>();
    for (const [queue, versions] of serve) {
      const served = this.#served.get(queue);
      for (const version of versions) if (served !== undefined && !served.has(version)) added.add(version);
      this.#served.set(queue, versions);
    }
    return added;
  }

  /** False once there is nothing more to tell. */
  #follow(move: Move, workers: readonly AtWork[], at: number): boolean {
    const there = workers.filter(({ version }) => version === move.version);
    if (there.length > 0) move.queues = new Set(there.flatMap(({ queues }) => queues));
    const all = workers.filter(({ queues }) => queues.some((queue) => move.queues.has(queue)));
    const isOff = there.length === 0;
    const isDone = there.length === all.length;
    move.overSince = isDone || isOff ? (move.overSince ?? at) : null;
    const isOver = move.overSince !== null && at - move.overSince >= WATCH_MS;
    // A canary that was gone before anyone was told.
    if (isOff && move.told === null) return !isOver;
    if (isOff && isOver) this.#say(move, `${headOf(move)}, ${move.told?.share}, and off it again`);
    if (!isOff && (move.told !== null || isDone || at - move.since >= WATCH_MS)) {
      const share = `${there.length} of ${all.length} ${whoseOf(move)}`;
      this.#say(move, `${headOf(move)}, ${share}`, share);
    }
    return !isOver;
  }

  #say(move: Move, title: string, share = ""): void {
    if (move.told?.title === title) return;
    const deploy = { id: move.told?.id, at: move.since, title, queue: onlyQueueOf(move) };
    move.told = { id: this.#tell(deploy), title, share };
  }
}

/** The version comes first: charts show little more than the beginning. */
const headOf = ({ version }: Move): string => `Moved to ${version}`;

function onlyQueueOf({ queues }: Move): string | null {
  const [queue, other] = queues;
  return queue === undefined || other !== undefined ? null : queue;
}

function whoseOf(move: Move): string {
  const queue = onlyQueueOf(move);
  return queue === null ? "workers" : `workers of ${queue}`;
}
