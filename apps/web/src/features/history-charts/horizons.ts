import type { History, Query } from "@spillway/contract/schemas";
import { formatDuration, shownMinute } from "../../lib/format.ts";
import { choiceField, timeField } from "../../lib/url-state.ts";

export const horizons = ["live", "15m", "1h", "12h", "48h"] as const;
export type Horizon = (typeof horizons)[number];

/** What the buttons say, and how far back they look, seconds. */
export const horizonFacts: Record<Horizon, { text: string; seconds: number }> = {
  live: { text: "live", seconds: 300 },
  "15m": { text: "15 min", seconds: 900 },
  "1h": { text: "1 h", seconds: 3600 },
  "12h": { text: "12 h", seconds: 43_200 },
  "48h": { text: "48 h", seconds: 172_800 },
};

/** The search parameters of every screen with these charts; `from` and `to` name a fixed window instead. */
export const horizonFields = <const D extends Horizon>(fallback: D) => ({
  horizon: choiceField(horizons, fallback),
  from: timeField(),
  to: timeField(),
});

export interface Window {
  queue: string | null;
  horizon: Horizon;
  from: string | null;
  to: string | null;
}

type Ask = Partial<Query<"getHistory">>;

/** A chart is drawn from about this many points; up to twice as many are taken as they come. */
const points = 360;

/** What the process keeps: a tick's length and how far back it goes, seconds. */
interface Retention {
  step_s: number;
  retention_s: number;
}

/**
 * Asks for one window: single ticks, which the stream then appends to, as long as they are not too many. The same
 * window always asks the same, whatever time it is, so that loader and view agree.
 */
export function askFor({ queue, horizon, from, to }: Window, { step_s: tickS, retention_s }: Retention): Ask {
  const of = queue === null ? {} : { queue };
  if (from !== null || to !== null) {
    const span =
      from === null || to === null ? retention_s : Math.max(1, (Date.parse(to) - Date.parse(from)) / 1000);
    return {
      ...of,
      ...(from === null ? {} : { from }),
      ...(to === null ? {} : { to }),
      ...stepFor(span, tickS),
      limit: 1000,
    };
  }
  const seconds = Math.min(horizonFacts[horizon].seconds, retention_s);
  const step = stepFor(seconds, tickS);
  return { ...of, ...step, limit: Math.min(1000, Math.ceil(seconds / (step.step_s ?? tickS)) + 1) };
}

/** The window as the process holds it, tick by tick; one that moves with time as it is at this moment. `now`: epoch ms. */
export function wholeOf({ queue, horizon, from, to }: Window, now: number): Partial<Query<"exportHistory">> {
  const begin =
    from ?? (to === null ? new Date(now - horizonFacts[horizon].seconds * 1000).toISOString() : null);
  return {
    ...(queue === null ? {} : { queue }),
    ...(begin === null ? {} : { from: begin }),
    ...(to === null ? {} : { to }),
  };
}

const stepFor = (seconds: number, tickS: number): { step_s?: number } =>
  seconds / tickS <= points * 2 ? {} : { step_s: Math.min(86_400, Math.ceil(seconds / points)) };

/** Only as far back as the horizon says: where older ticks are further apart, as many of them reach further back. */
export function latestOf(history: History, horizon: Horizon): History {
  const newest = history.history.at(-1);
  if (newest === undefined) return history;
  const from = Date.parse(newest.timestamp) - horizonFacts[horizon].seconds * 1000;
  return { ...history, history: history.history.filter(({ timestamp }) => Date.parse(timestamp) >= from) };
}

/** What judges the present: verdict and movement, whatever samples are shown. It is asked again at each tick. */
export const trendAsk = (queue: string | null, since: string | null): Ask => ({
  ...(queue === null ? {} : { queue }),
  ...(since === null ? {} : { since }),
  step_s: 10,
  limit: 1,
});

/** How much before a chosen moment is shown with it, ms. */
const lead = 15 * 60_000;

/** The window that shows what followed a moment and a while before it. */
export const windowAround = (since: string): Pick<Window, "from" | "to"> => ({
  from: new Date(Date.parse(since) - lead).toISOString(),
  to: null,
});

interface Span {
  from: string;
  to: string;
}

/** Epoch ms. */
export const windowBetween = (from: number, to: number): Span => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
});

/** Where to look from a window with two ends: as long before and after it, and three times as much. */
export function besideWindow({ from, to }: Pick<Window, "from" | "to">): (Span & { text: string })[] {
  if (from === null || to === null) return [];
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  const length = Math.max(1000, end - begin);
  return [
    { text: "Earlier", ...windowBetween(begin - length, begin) },
    { text: "Later", ...windowBetween(end, end + length) },
    { text: "Wider", ...windowBetween(begin - length, end + length) },
  ];
}

/** The address of what is shown now: a window that moves with time becomes the one it is at this moment. */
export function fixedAddress(address: string, { horizon, from, to }: Window, now: number): string {
  const url = new URL(address);
  if (from === null && to === null) {
    url.searchParams.delete("horizon");
    url.searchParams.set("from", new Date(now - horizonFacts[horizon].seconds * 1000).toISOString());
  }
  if (to === null) url.searchParams.set("to", new Date(now).toISOString());
  return url.href;
}

/** Two ticks of the widest steps: a history that begins later than its window begins by so much is a short one. Ms. */
const late = 5 * 60_000;

/** From when on there is a history, if that is later than asked for, and how long it is kept. `now`: epoch ms. */
export function retentionWords(
  { horizon, from, to }: Window,
  retentionS: number,
  oldest: string | undefined,
  now: number,
): { text: string; short: boolean } {
  const asked = horizonFacts[horizon];
  const moves = from === null && to === null;
  const begin = moves ? now - asked.seconds * 1000 : Date.parse(from ?? "");
  const isLate = oldest !== undefined && Date.parse(oldest) > begin + Math.min(late, asked.seconds * 100);
  const short = moves && asked.seconds > retentionS;
  const kept = `kept in memory for ${formatDuration(retentionS)}${short ? `, not for ${asked.text}` : ""}.`;
  return isLate
    ? { text: `History begins ${shownMinute(oldest)}; ${kept}`, short }
    : { text: kept.replace("k", "K"), short };
}
