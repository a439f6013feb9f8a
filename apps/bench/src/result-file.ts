import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Figure, Report } from "./torture.ts";

const FOLDER = join(import.meta.dirname, "../results");

export interface Finished {
  name: string;
  title: string;
  machine: string;
  startedAt: Date;
  tookMs: number;
  report: Report;
}

export const hasPassed = ({ figures }: Report): boolean => figures.every((figure) => figure.passed);

/** Writes `results/<date>-<name>.md`, over that of an earlier run of the same day; returns its path. */
export function writeResult(finished: Finished): string {
  mkdirSync(FOLDER, { recursive: true });
  const file = join(FOLDER, `${finished.startedAt.toISOString().slice(0, 10)}-${finished.name}.md`);
  writeFileSync(file, resultText(finished));
  return file;
}

export function resultText({ title, machine, startedAt, tookMs, report }: Finished): string {
  const at = `${startedAt.toISOString().slice(0, 16).replace("T", " ")}Z`;
  const verdict = hasPassed(report) ? "passed" : "failed";
  const rows = report.figures.map(
    (figure) => `| ${figure.what} | ${figure.measured} | ${figure.target} | ${mark(figure)} |`,
  );
  return [
    `# ${title}`,
    "",
    `${at}, ${Math.round(tookMs / 1000)} s, **${verdict}**. ${machine}.`,
    "",
    "| what | measured | target | |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
    ...report.notes.map((note) => `- ${note}`),
    "",
  ].join("\n");
}

function mark({ target, passed }: Figure): string {
  if (target === "") return "";
  return passed ? "✓" : "✕";
}
