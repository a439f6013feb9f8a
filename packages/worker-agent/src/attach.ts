import { BEAT, type BeatMode } from "./beat-lua.ts";
import { joinGroup } from "./group.ts";
import { type CancelAnswer, parseRequest, type WorkerReport } from "./protocol.ts";
import { createPulse } from "./pulse.ts";
import { watchRuns } from "./runs.ts";
import { type AttachableWorker, beatOn, type RunBeat } from "./worker.ts";

export interface AttachOptions {
  /** Of your application, e.g. `2.14.0` or a commit: makes deploys visible. At most 200 characters. */
  version?: string;
  /** What people call this worker; default: the worker's own name. */
  name?: string;
  /** Between two signs of life of an idle worker; 1,000 to 5,000, default 5,000. */
  heartbeatMs?: number;
  /** A Redis client to use instead of the worker's own: ioredis, or one that BullMQ adapted. */
  connection?: unknown;
  /** Told the first error of a streak, e.g. of missing permissions. The agent goes on trying. */
  onError?: (error: unknown) => void;
}

export interface SpillwayAgent {
  /** Takes the agent off: the worker goes on as if it had never been there. Never rejects. */
  detach(): Promise<void>;
}

const HEARTBEAT_MS = 5_000;
/** While jobs run: how soon their list is told, and a request to cancel one is heard. */
const BUSY_MS = 500;
const SWEEP_EVERY_MS = 3_600_000;
const FAREWELL_MS = 1_000;
const MOST_REMEMBERED = 500;
const LONGEST_NAME = 200;

const attached = new WeakMap<AttachableWorker, SpillwayAgent>();

/**
 * Lets a Spillway console see this worker live and cancel its running jobs. Call it right after `new Worker(…)`: runs that
 * began earlier are not seen. Writes on the worker's own connection, opens none, and never throws into its host.
 */
export function attachSpillway(worker: AttachableWorker, options: AttachOptions = {}): SpillwayAgent {
  const known = attached.get(worker);
  if (known) return known;
  const agent = start(worker, options);
  attached.set(worker, agent);
  return agent;
}

function start(worker: AttachableWorker, options: AttachOptions): SpillwayAgent {
  const base = worker.toKey("");
  const name = (options.name ?? worker.opts.name ?? null)?.slice(0, LONGEST_NAME) || null;
  const place = joinGroup(name, base);
  const heartbeatMs = Math.min(HEARTBEAT_MS, Math.max(1_000, options.heartbeatMs ?? HEARTBEAT_MS));
  const began = performance.now();
  const answers = new Map<string, CancelAnswer>();
  const obeyed = new Set<string>();
  let run: RunBeat | null = null;
  let sweptAt = Number.NEGATIVE_INFINITY;
  let failing = false;
  let closing = false;

  const runs = watchRuns(worker, {
    changed() {
      // While it closes, the connection ends with the last job: the goodbye must be sent before.
      pulse.within(closing && runs.size === 0 ? 0 : BUSY_MS);
    },
    answered(requestId, answer) {
      answers.set(requestId, answer);
      pulse.within(0);
    },
  });

  function report(): WorkerReport {
    return {
      worker: worker.id,
      group: place.group,
      name,
      connectionName: worker.opts.name ?? null,
      host: place.host,
      pid: place.pid,
      version: options.version?.slice(0, LONGEST_NAME) || null,
      concurrency: worker.concurrency,
      uptimeMs: Math.round(performance.now() - began),
      jobs: runs.seen ? runs.report() : null,
      cancels: runs.seen,
      stopped: closing && runs.size === 0,
    };
  }

  async function send(mode: BeatMode): Promise<void> {
    const told = [...answers];
    run ??= await beatOn(worker, options.connection, BEAT);
    const reply = await run(base, [worker.id, mode, JSON.stringify(report()), ...told.flat()]);
    for (const [id, answer] of told) if (answers.get(id) === answer) answers.delete(id);
    if (Array.isArray(reply)) obey(reply);
  }

  function obey(open: readonly unknown[]): void {
    for (let i = 0; i + 1 < open.length; i += 2) {
      const id = String(open[i]);
      if (obeyed.has(id)) continue;
      obeyed.add(id);
      const request = parseRequest(String(open[i + 1]));
      answers.set(id, request === null ? "not_here" : runs.cancel(id, request));
      pulse.within(0);
    }
    for (const id of obeyed) if (obeyed.size > MOST_REMEMBERED) obeyed.delete(id);
  }

  async function beat(): Promise<void> {
    try {
      const sweeps = performance.now() - sweptAt > SWEEP_EVERY_MS;
      await send(sweeps ? "sweep" : "beat");
      if (sweeps) sweptAt = performance.now();
      failing = false;
    } catch (error) {
      if (!failing) tell(options.onError, error);
      failing = true;
    }
  }

  const pulse = createPulse(beat, () => (runs.size > 0 && !failing ? BUSY_MS : heartbeatMs));
  const onClosing = () => {
    closing = true;
    if (runs.size === 0) pulse.within(0);
  };
  const onClosed = () => {
    pulse.stop();
    place.leave();
  };
  worker.on("closing", onClosing);
  worker.on("closed", onClosed);
  pulse.within(0);

  return {
    async detach() {
      worker.off("closing", onClosing);
      worker.off("closed", onClosed);
      onClosed();
      runs.restore();
      attached.delete(worker);
      await Promise.race([send("forget").catch(() => {}), pause(FAREWELL_MS)]);
    },
  };
}

/** A listener that throws is the host's affair, but must not stop the agent. */
function tell(onError: AttachOptions["onError"], error: unknown): void {
  try {
    onError?.(error);
  } catch {
    // There is nobody left to tell.
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms).unref());
}
