import {
  behindIn,
  type Comparison,
  type Line,
  leadOf,
  PEERS,
  type Standing,
  standingOf,
  standingOfFigure,
} from "./bench.ts";
import type { Figure } from "./torture.ts";

export interface Compared {
  name: string;
  title: string;
  tookMs: number;
  comparison: Comparison;
}

/** `RESULTS.md`: where we stand in a word each, then every figure. */
export function resultsPage(machine: string, startedAt: Date, compared: readonly Compared[]): string {
  const at = `${startedAt.toISOString().slice(0, 16).replace("T", " ")}Z`;
  const tookS = compared.reduce((sum, { tookMs }) => sum + tookMs, 0) / 1_000;
  return [
    "# Where Spillway stands",
    "",
    `Measured by \`pnpm bench\` at ${at} in ${Math.round(tookS)} s. ${machine}.`,
    "",
    "All of them in turn on the same data, each as a process of its own. **ahead**: better than each of the others and, where",
    "a bound is asked for, within it. **as asked**: within the bound; the others have no such thing. **behind**: somebody does",
    "better, or the bound is missed.",
    "",
    "| case | ahead | as asked | behind |",
    "| --- | --- | --- | --- |",
    ...compared.map(summary),
    "",
    ...behindList(compared),
    ...compared.flatMap(section),
  ].join("\n");
}

function summary({ name, title, comparison }: Compared): string {
  const standings = [
    ...comparison.lines.map(standingOf),
    ...(comparison.figures ?? []).map(standingOfFigure),
  ];
  const count = (wanted: Standing) => standings.filter((standing) => standing === wanted).length || "";
  return `| [${title}](#${name}) | ${count("ahead")} | ${count("as asked")} | ${count("behind")} |`;
}

function behindList(compared: readonly Compared[]): string[] {
  const behind = compared.flatMap(({ title, comparison }) =>
    behindIn(comparison).map(({ what, why }) => `- ${title}: ${what}. ${why ?? "Nobody has said why yet"}.`),
  );
  if (behind.length === 0) return ["Behind in nothing.", ""];
  return ["Behind, and why:", "", ...behind, ""];
}

function section({ name, title, comparison }: Compared): string[] {
  return [
    `<a id="${name}"></a>`,
    "",
    `## ${title}`,
    "",
    `| what | Spillway | ${PEERS.join(" | ")} | asked for | against the best | |`,
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...comparison.lines.map(row),
    ...(comparison.figures ?? []).map(figureRow),
    "",
    ...comparison.notes.map((note) => `- ${note}`),
    "",
  ];
}

function row(line: Line): string {
  const { what, ours, unit, asked, better } = line;
  const peers = PEERS.map((peer) => {
    const told = line.peers[peer];
    return typeof told === "number" ? shown(told, unit) : (told ?? "");
  });
  const bound = asked === null ? "" : `${better === "less" ? "≤" : "≥"} ${shown(asked, unit)}`;
  const lead = leadOf(line);
  const word = wordOf(standingOf(line));
  return `| ${[what, shown(ours, unit), ...peers, bound, lead === null ? "" : shown(lead, "×"), word].join(" | ")} |`;
}

function figureRow(figure: Figure): string {
  const { what, measured, target } = figure;
  const peers = PEERS.map(() => "");
  return `| ${[what, measured, ...peers, target, "", wordOf(standingOfFigure(figure))].join(" | ")} |`;
}

function wordOf(standing: Standing): string {
  if (standing === "told") return "";
  return standing === "behind" ? "**behind**" : standing;
}

/** A number as people read it: as many digits as tell something. */
export function shown(value: number, unit: string): string {
  if (Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  const digits = Number.isInteger(value) || size >= 100 ? 0 : size >= 3 ? 1 : 2;
  const text = value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/g, digits === 0 ? "," : "");
  return unit === "" ? text : `${text} ${unit}`;
}
