import type { ErrorShape, Shapes } from "@spillway/contract/schemas";
import type { Clock, QueueEngine } from "@spillway/engine";
import type { ShapeGroup } from "@spillway/triage";
import { iso, isoOrNull } from "../metrics/wire-time.ts";
import type { FailedFilter } from "./failed-scan.ts";
import { createReadings } from "./readings.ts";
import { stillRetrying } from "./still-retrying.ts";

export interface ShapesDeps {
  engine: QueueEngine;
  clock: Clock;
  /** Takes secrets out of a text; shapes are compared before, shown after. */
  redact: (text: string) => string;
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

export function createShapesReader({ engine, clock, redact }: ShapesDeps): ShapesReader {
  const readings = createReadings(engine, clock);

  async function read(queue: string, query: ShapesQuery): Promise<Shapes> {
    const filter = filterOf(query);
    const askedAt = clock.now();
    const [scan, retrying, { counts }] = await Promise.all([
      readings.advance(queue, filter),
      stillRetrying(engine, queue),
      engine.queue(queue),
    ]);
    const { groups, histogram } = scan.shapes.result(askedAt);
    return {
      items: groups.map((group) => toErrorShape(group, redact)),
      total_failed: counts.failed,
      still_retrying: {
        count: retrying.count,
        at_least: retrying.atLeast,
        next_at: isoOrNull(retrying.nextAt),
      },
      histogram: histogram.map((bar) => ({ from: iso(bar.from), to: iso(bar.to), count: bar.count })),
      scanned: scan.scanned,
      total_to_scan: Math.max(scan.scanned, scan.total),
      complete: scan.complete,
      left: scan.left,
      as_of: iso(askedAt),
    };
  }

  return { read, clear: readings.clear };
}

function filterOf({ task, from, to }: ShapesQuery): FailedFilter {
  return {
    task: task?.toLowerCase() ?? "",
    from: from === undefined ? undefined : Date.parse(from),
    to: to === undefined ? undefined : Date.parse(to),
  };
}

function toErrorShape(group: ShapeGroup, redact: (text: string) => string): ErrorShape {
  return {
    id: group.id,
    algorithm: group.algorithm,
    title: redact(group.title),
    error_name: group.errorName,
    message_pattern: redact(group.messagePattern),
    top_frame: group.topFrame === null ? null : frameText(group.topFrame),
    based_on: redact(group.basedOn),
    count: group.count,
    share: group.share,
    windows: group.windows,
    tasks: group.tasks,
    // Runs are counted per queue, not per task: how many of a task's runs failed so is not known.
    run_share: null,
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
