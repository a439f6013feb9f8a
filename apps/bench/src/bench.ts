import type { Figure } from "./torture.ts";

/** One side-by-side measurement. A file in `bench/` exports one as `bench`. */
export interface Bench {
  /** In one line: what is compared. */
  title: string;
  run(say: Say): Promise<Comparison>;
}

export type Say = (line: string) => void;

export const PEERS = ["bull-board", "Workbench"] as const;
export type Peer = (typeof PEERS)[number];

export interface Comparison {
  lines: Line[];
  /** Those of a long run that is a case as well. */
  figures?: Figure[];
  /** Sentences that say how it was measured and what else was seen. */
  notes: string[];
}

/** One figure of ours beside the same figure of those who have it. */
export interface Line {
  what: string;
  /** `×` for ratios; empty for counts. */
  unit: string;
  better: "less" | "more";
  ours: number;
  /** A sentence where a peer has no such figure; nobody there: nobody was asked. */
  peers: Partial<Record<Peer, number | string>>;
  /** What we ask of ourselves; null: only to be no worse than the others. */
  asked: number | null;
  /** If we are behind: why that is so. */
  why?: string;
}

export type Standing = "ahead" | "as asked" | "behind" | "told";

/** Behind: what we ask of ourselves is missed, or somebody does better than we. */
export function standingOf(line: Line): Standing {
  if (line.asked !== null && isBetter(line, line.asked, line.ours)) return "behind";
  if (Number.isNaN(line.ours)) return "behind";
  const others = Object.values(line.peers);
  if (others.some((peer) => typeof peer === "number" && isBetter(line, peer, line.ours))) return "behind";
  if (others.length > 0) return "ahead";
  return line.asked === null ? "told" : "as asked";
}

function isBetter({ better }: Line, a: number, b: number): boolean {
  return better === "less" ? a < b : a > b;
}

/** How many times better than the best of the others; null where there is none to compare with. */
export function leadOf(line: Line): number | null {
  const others = Object.values(line.peers).filter((peer): peer is number => Number.isFinite(peer));
  if (others.length === 0 || line.unit === "×") return null;
  const lead = line.better === "less" ? Math.min(...others) / line.ours : line.ours / Math.max(...others);
  return Number.isFinite(lead) ? lead : null;
}

export function standingOfFigure({ what, target, passed }: Figure): Standing {
  if (!passed) return "behind";
  if (target === "") return "told";
  return what.startsWith("against ") ? "ahead" : "as asked";
}

export interface Behind {
  what: string;
  why: string | undefined;
}

export function behindIn({ lines, figures = [] }: Comparison): Behind[] {
  return [
    ...lines.filter((line) => standingOf(line) === "behind").map(({ what, why }) => ({ what, why })),
    ...figures.filter(({ passed }) => !passed).map(({ what, why }) => ({ what, why })),
  ];
}

/** Green: what is behind says why. */
export const isGreen = (comparison: Comparison): boolean =>
  behindIn(comparison).every(({ why }) => why !== undefined);
