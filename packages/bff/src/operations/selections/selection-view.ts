import type { Selection } from "@spillway/contract/schemas";
import type { QueueEngine } from "@spillway/engine";
import { iso } from "../../metrics/wire-time.ts";
import type { JobViews, Sampler } from "../../seams.ts";
import type { Freezing } from "./freezing.ts";
import type { Kept } from "./selections.ts";
import { warningsOf } from "./warnings.ts";

const MOST_GROUPS = 100;

export interface SelectionViewDeps {
  engine: QueueEngine;
  views: JobViews;
  sampler: Pick<Sampler, "snapshot" | "queue">;
}

/** A selection as people see it before they act on it. */
export async function toSelection(
  deps: SelectionViewDeps,
  { token, freezing, expiresAt }: Kept,
): Promise<Selection> {
  const { queue, action } = freezing.options;
  const { hold } = deps.engine.capabilities;
  return {
    selection_token: token,
    queue,
    action,
    matched: freezing.jobs.size,
    scanned: freezing.scanned,
    total_to_scan: freezing.total,
    complete: freezing.complete,
    sample: await sampleOf(deps, freezing),
    groups: freezing.groups.commonest(MOST_GROUPS).map(({ task, shapeId, title, count }) => ({
      task,
      shape_id: shapeId,
      title,
      count,
    })),
    warnings: await warnings(deps, freezing),
    can_undo: action === "job.remove" ? hold : null,
    expires_at: iso(expiresAt),
  };
}

async function sampleOf({ engine, views }: SelectionViewDeps, freezing: Freezing) {
  const ids = freezing.sample().map((position) => freezing.jobs.id(position));
  if (ids.length === 0) return [];
  const rows = await engine.jobsById(freezing.options.queue, ids);
  return rows.map((row) => views.summary(row));
}

async function warnings({ engine, sampler }: SelectionViewDeps, freezing: Freezing): Promise<string[]> {
  const { queue, action, filter } = freezing.options;
  return warningsOf({
    action,
    state: filter?.state ?? null,
    matched: freezing.jobs.size,
    missing: freezing.missing,
    cancelled: freezing.groups.cancelled,
    queue: await engine.queue(queue),
    sampled: sampler.snapshot() === null ? null : sampler.queue(queue),
    capabilities: engine.capabilities,
  });
}
