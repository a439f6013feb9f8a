import { type Comparison, type Line, leadOf, PEERS, standingOf } from "./bench.ts";

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
  const count = (standing: string) =>
    comparison.lines.filter((line) => standingOf(line) === standing).length || "";
  return `| [${title}](#${name}) | ${count("ahead")} | ${count("as asked")} | ${count("behind")} |`;
}

function behindList(compared: readonly Compared[]): string[] {
  const behind = compared.flatMap(({ title, comparison }) =>
    comparison.lines
      .filter((line) => standingOf(line) === "behind")
      .map((line) => `- ${title}: ${line.what}. ${line.why ?? "Nobody has said why yet."}`),
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
  const standing = standingOf(line);
  const word = standing === "told" ? "" : standing === "behind" ? "**behind**" : standing;
  return `| ${[what, shown(ours, unit), ...peers, bound, lead === null ? "" : shown(lead, "×"), word].join(" | ")} |`;
}

/** A number as people read it: as many digits as tell something. */
export function shown(value: number, unit: string): string {
  if (Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  const digits = Number.isInteger(value) || size >= 100 ? 0 : size >= 3 ? 1 : 2;
  const text = value.toFixed(digits).replace(/\B(?=(\d{3})+(?!\d))/g, digits === 0 ? "," : "");
  return unit === "" ? text : `${text} ${unit}`;
}
