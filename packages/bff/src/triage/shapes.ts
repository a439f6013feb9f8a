import type { ErrorShape, Shapes } from "@spillway/contract/schemas";
import type { Clock, QueueEngine } from "@spillway/engine";
import type { Conceal, ShapeGroup } from "@spillway/triage";
import { iso, isoOrNull } from "../metrics/wire-time.ts";
import type { Sampler } from "../seams.ts";
import { type Newest, readEndedJobs } from "./ended-jobs.ts";
import type { FailedFilter } from "./failed-scan.ts";
import { Fresh } from "./fresh.ts";
import { createReadings } from "./readings.ts";
import { type RunShares, runShares } from "./run-share.ts";
import { type StillRetrying, stillRetrying } from "./still-retrying.ts";

/** Jobs that wait and jobs that ended are not looked through again for each request. Ms. */
const RETRYING_FOR_MS = 1_500;
const ENDED_FOR_MS = 5_000;
const MOST_RETRYING_SHAPES = 50;
const MOST_SAMPLES = 1_000;

export interface ShapesDeps {
  engine: QueueEngine;
  clock: Clock;
  history: Sampler["history"];
  /** Takes secrets out of names, messages and frames before they are compared. */
  conceal: Conceal;
}

export interface ShapesQuery {
  task?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export interface ShapesReader {
  /** Failed jobs by error shape. Reads some and remembers: ask again until `complete`. `queue_not_found` as the engine says. */
  read(queue: string, query: ShapesQuery): Promise<Shapes>;
  /** Forgets all readings: another world was loaded. */
  clear(): void;
}

export function createShapesReader({ engine, clock, history, conceal }: ShapesDeps): ShapesReader {
  const readings = createReadings(engine, clock, conceal);
  const retrying = new Fresh<StillRetrying>(clock, RETRYING_FOR_MS);
  const shares = new Fresh<RunShares>(clock, ENDED_FOR_MS);

  async function readShares(queue: string, failed: Newest | null): Promise<RunShares> {
    return runShares(
      await readEndedJobs(engine, queue, failed, conceal),
      history({ queue, limit: MOST_SAMPLES }).history,
    );
  }

  async function read(queue: string, query: ShapesQuery): Promise<Shapes> {
    const filter = filterOf(query);
    const askedAt = clock.now();
    const [scan, again] = await Promise.all([
      readings.advance(queue, filter),
      retrying.get(queue, () => stillRetrying(engine, queue, askedAt, conceal)),
    ]);
    const [share, { counts, failedRetention }] = await Promise.all([
      shares.get(queue, () => readShares(queue, scan.latest())),
      engine.queue(queue),
    ]);
    const { groups, histogram } = scan.shapes.result(askedAt);
    return {
      items: groups.map((group) => toErrorShape(group, share)),
      total_failed: counts.failed,
      still_retrying: toStillRetrying(again),
      run_share_unknown: share.unknown,
      kept: failedRetention && {
        count: failedRetention.count,
        age_s: failedRetention.ageMs === null ? null : failedRetention.ageMs / 1_000,
      },
      histogram: histogram.map((bar) => ({ from: iso(bar.from), to: iso(bar.to), count: bar.count })),
      scanned: scan.scanned,
      total_to_scan: Math.max(scan.scanned, scan.total),
      complete: scan.complete,
      left: scan.left,
      as_of: iso(askedAt),
    };
  }

  return {
    read,
    clear() {
      readings.clear();
      retrying.clear();
      shares.clear();
    },
  };
}

function toStillRetrying(again: StillRetrying): Shapes["still_retrying"] {
  return {
    count: again.count,
    at_least: again.atLeast,
    next_at: isoOrNull(again.nextAt),
    by_shape: again.shapes
      .slice(0, MOST_RETRYING_SHAPES)
      .map(({ id, title, count }) => ({ shape_id: id, title, count })),
  };
}

function filterOf({ task, from, to }: ShapesQuery): FailedFilter {
  return {
    task: task?.toLowerCase() ?? "",
    from: from === undefined ? undefined : Date.parse(from),
    to: to === undefined ? undefined : Date.parse(to),
  };
}

function toErrorShape(group: ShapeGroup, shares: RunShares): ErrorShape {
  const [commonest] = group.tasks;
  const share = commonest === undefined ? null : shares.of(commonest.task, group.id);
  return {
    id: group.id,
    algorithm: group.algorithm,
    title: group.title,
    error_name: group.errorName,
    message_pattern: group.messagePattern,
    top_frame: group.topFrame === null ? null : frameText(group.topFrame),
    based_on: group.basedOn,
    count: group.count,
    share: group.share,
    windows: group.windows,
    tasks: group.tasks,
    run_share: share && { ...share, since: iso(share.since) },
    first_seen: isoOrNull(group.firstSeen),
    last_seen: isoOrNull(group.lastSeen),
    sample_job_ids: group.sampleJobIds,
    spark: group.histogram,
  };
}

/** `StripeClient.request (src/stripe.ts:118)`. */
function frameText({ function: name, file, line }: NonNullable<ShapeGroup["topFrame"]>): string {
  const place = line === null ? file : `${file}:${line}`;
  return name === null ? place : `${name} (${place})`;
}
