import type { EngineEvent, QueueEngine } from "@spillway/engine";
import type { FateBook } from "../seams.ts";

const MOST = 10_000;

interface Fate {
  event: string;
  at: number;
}

/** Remembers the 10,000 jobs followed last; with an engine, listens to its events until disposed. */
export function createFateBook(engine?: Pick<QueueEngine, "subscribe">): FateBook & Disposable {
  // A Map keeps the order of insertion: its first key is the one followed longest ago.
  const fates = new Map<string, Fate | null>();

  const keep = (key: string, fate: Fate | null): void => {
    fates.delete(key);
    fates.set(key, fate);
    if (fates.size > MOST) for (const oldest of fates.keys().take(1)) fates.delete(oldest);
  };
  const note = ({ queue, jobId, type, at }: EngineEvent): void => {
    if (jobId === null) return;
    const key = keyOf(queue, jobId);
    if (fates.has(key)) fates.set(key, { event: type, at });
  };
  const stop = engine?.subscribe(note);

  return {
    follow(queue, jobId) {
      const key = keyOf(queue, jobId);
      keep(key, fates.get(key) ?? null);
    },
    note,
    lastKnown(queue, jobId) {
      const fate = fates.get(keyOf(queue, jobId)) ?? null;
      return fate === null ? null : { event: fate.event, at: new Date(fate.at).toISOString() };
    },
    [Symbol.dispose]: () => stop?.(),
  };
}

function keyOf(queue: string, jobId: string): string {
  return `${queue}\0${jobId}`;
}
