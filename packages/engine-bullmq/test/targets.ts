import type { JobState, JobTarget, QueueEngine, TargetResult } from "@spillway/engine";

/** All jobs of one state with the versions at which a scan saw them, the longest there first. */
export async function targetsIn(engine: QueueEngine, queue: string, state: JobState): Promise<JobTarget[]> {
  const targets: JobTarget[] = [];
  const options = { states: [state], fields: ["version"], order: "oldest" } as const;
  for await (const { rows } of engine.scan(queue, options))
    for (const { id, version } of rows) targets.push({ id, expectVersion: version ?? "" });
  return targets;
}

export function inChunks<T>(all: readonly T[], size = 200): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}

/** How many results there are of each outcome. */
export function tally(results: readonly TargetResult[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** The same order each time, unlike any other. */
export function shuffled<T>(all: readonly T[]): T[] {
  return all
    .map((one, i) => ({ one, key: (i * 7_919 + 13) % 104_729 }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one);
}
