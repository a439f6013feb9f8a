import type { ErrorShape, Shapes } from "@spillway/contract/schemas";
import type { Clock, QueueEngine } from "@spillway/engine";
import type { ShapeGroup } from "@spillway/triage";
import { iso, isoOrNull } from "../metrics/wire-time.ts";
import { Budget } from "./budget.ts";
import { type FailedFilter, FailedScan } from "./failed-scan.ts";
import { stillRetrying } from "./still-retrying.ts";

/** Readings kept for the next request: a whole one of 500 shapes may hold 9 MB. */
const MOST_SCANS = 8;
/** A large reading that is off by less than one in a hundred is good enough for half a minute. */
const LARGE = 20_000;
const GOOD_FOR_MS = 30_000;

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
  /** In the order of their last use. */
  const scans = new Map<string, FailedScan>();
  const underWay = new Map<string, Promise<FailedScan>>();

  function open(key: string, queue: string, filter: FailedFilter): FailedScan {
    const scan = new FailedScan(engine, queue, filter, clock.now());
    scans.delete(key);
    scans.set(key, scan);
    if (scans.size > MOST_SCANS) for (const oldest of [...scans.keys()].slice(0, 1)) scans.delete(oldest);
    return scan;
  }

  async function advance(key: string, queue: string, filter: FailedFilter): Promise<FailedScan> {
    const budget = new Budget(clock);
    const known = scans.get(key);
    const scan = known ?? open(key, queue, filter);
    const before = await engine.queue(queue);
    await scan.goOn(budget);
    const after = await engine.queue(queue);
    if (!scan.isOff(before.counts.failed, after.counts.failed)) return scan;
    if (known === undefined || isGoodEnough(scan, after.counts.failed)) return scan;
    const fresh = open(key, queue, filter);
    await fresh.goOn(budget);
    return fresh;
  }

  function isGoodEnough(scan: FailedScan, failed: number): boolean {
    const off = Math.abs(scan.scanned - failed);
    return failed > LARGE && off <= failed / 100 && clock.now() - scan.startedAt < GOOD_FOR_MS;
  }

  /** Two who ask at once read once. */
  function share(key: string, queue: string, filter: FailedFilter): Promise<FailedScan> {
    const going = underWay.get(key) ?? advance(key, queue, filter).finally(() => underWay.delete(key));
    underWay.set(key, going);
    return going;
  }

  async function read(queue: string, query: ShapesQuery): Promise<Shapes> {
    const filter = filterOf(query);
    const askedAt = clock.now();
    const [scan, retrying, { counts }] = await Promise.all([
      share(JSON.stringify([queue, filter.task, filter.from ?? null, filter.to ?? null]), queue, filter),
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
      total_to_scan: Math.max(scan.scanned, counts.failed),
      complete: scan.complete,
      as_of: iso(askedAt),
    };
  }

  return {
    read,
    clear() {
      scans.clear();
      underWay.clear();
    },
  };
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
