import { lostWorkers, noticesByKey, noWorkersAtAll, tooFewInAll } from "./fleet-rules.ts";
import type { Finding, Finds, Trouble, TroubleCode, TroubleInput } from "./input.ts";
import { EXPLAINS, QUEUE_RULES } from "./queue-rules.ts";

export interface TroubleTrackerOptions {
  /** Ticks in a row that must show a finding before it is told. Default 2. */
  onAfter?: number;
  /** Ticks in a row without it before it is gone. Default 3. */
  offAfter?: number;
}

export interface TroubleTracker {
  /** The findings after this tick, worst first. `null` is a gap (the tick failed): nothing changes. */
  observe(input: TroubleInput | null, at: number): Trouble[];
}

interface Track {
  code: TroubleCode;
  queue: string | null;
  shown: number;
  clear: number;
  since: number;
  on: boolean;
  /** It was among the findings after the last tick. */
  told: boolean;
  last: Finding;
}

const RANK = { critical: 0, warning: 1, info: 2 } as const;

/** Turns ticks into findings that neither flicker nor repeat each other: one per queue and code, roots before symptoms. */
export function createTroubleTracker({
  onAfter = 2,
  offAfter = 3,
}: TroubleTrackerOptions = {}): TroubleTracker {
  const tracks = new Map<string, Track>();

  function step(code: TroubleCode, queue: string | null, found: Finds, at: number): void {
    const id = idOf(code, queue);
    const track = tracks.get(id);
    if (found === null) return;
    if (found === "clear" || (found.lingers === true && track?.on !== true)) {
      if (track === undefined) return;
      track.clear++;
      if (!track.on || track.clear >= offAfter) tracks.delete(id);
      return;
    }
    const shown = (track?.shown ?? 0) + 1;
    const since = track?.since ?? found.since ?? at;
    const on = (track?.on ?? false) || found.atOnce === true || shown >= onAfter;
    // What can't be told neither confirms nor undoes that it is going.
    const clear = found.lingers === true ? (track?.clear ?? 0) : 0;
    tracks.set(id, { code, queue, shown, clear, since, on, told: track?.told ?? false, last: found });
  }

  function observe(input: TroubleInput | null, at: number): Trouble[] {
    if (input !== null) {
      const findings = findAll(input, at);
      for (const { code, queue, found } of findings.values()) step(code, queue, found, at);
      // What no rule spoke of any more (a queue that is gone, a notice no longer given) is clear.
      for (const [id, { code, queue }] of tracks) if (!findings.has(id)) step(code, queue, "clear", at);
    }
    const roots = [...tracks.values()].filter(({ code }) => EXPLAINS[code] !== undefined);
    for (const track of tracks.values()) track.told = track.on && !isExplained(track, roots);
    return [...tracks.values()]
      .filter((track) => track.told)
      .sort(worstFirst)
      .map(toTrouble);
  }

  /** A symptom is not told while its root is there or about to be; one that was told stays until its root is told. */
  function isExplained({ code, queue, told }: Track, roots: readonly Track[]): boolean {
    for (const root of roots) {
      if (!(EXPLAINS[root.code]?.includes(code) ?? false) || (told && !root.on)) continue;
      if (root.queue === queue || root.queue === null || (queue === null && code !== "stalled_jobs"))
        return true;
    }
    return false;
  }

  return { observe };
}

interface Found {
  code: TroubleCode;
  queue: string | null;
  found: Finds;
}

function findAll(input: TroubleInput, at: number): Map<string, Found> {
  const out = new Map<string, Found>();
  const put = (code: TroubleCode, queue: string | null, found: Finds) =>
    out.set(idOf(code, queue), { code, queue, found });
  for (const queue of input.queues)
    for (const [code, rule] of QUEUE_RULES) put(code, queue.name, rule(queue, at));
  for (const [queue, finding] of lostWorkers(input, at)) put("worker_lost", queue, finding);
  for (const { notice, finding } of noticesByKey(input).values()) put(notice.code, notice.queue, finding);
  const told = (code: TroubleCode) =>
    [...out.values()].some(
      (f) => f.code === code && f.queue !== null && f.found !== null && f.found !== "clear",
    );
  put("no_workers", null, told("no_workers") ? "clear" : noWorkersAtAll(input));
  put("too_few_workers", null, told("too_few_workers") ? "clear" : tooFewInAll(input));
  return out;
}

function idOf(code: TroubleCode, queue: string | null): string {
  return queue === null ? code : `${code}:${queue}`;
}

function toTrouble({ code, queue, since, last }: Track): Trouble {
  const { severity, text, evidence } = last;
  return { id: idOf(code, queue), code, severity, queue, since, text, evidence };
}

/** What is lost comes before what may be put right at any time. */
function worstFirst(a: Track, b: Track): number {
  const [one, other] = [a.last, b.last];
  return (
    RANK[one.severity] - RANK[other.severity] ||
    (other.lost ?? 0) - (one.lost ?? 0) ||
    a.since - b.since ||
    (idOf(a.code, a.queue) < idOf(b.code, b.queue) ? -1 : 1)
  );
}
