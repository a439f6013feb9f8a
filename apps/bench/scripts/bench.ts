import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { askedRuns } from "../src/asked-runs.ts";
import type { Bench } from "../src/bench.ts";
import { isGreen } from "../src/bench.ts";
import { machineLine } from "../src/machine.ts";
import { type Compared, resultsPage } from "../src/results-page.ts";

/** Side by side with others: all files of `bench/`, or those named. Writes RESULTS.md; exit code 1 if we are behind and nobody says why. */
const FOLDER = join(import.meta.dirname, "../bench");
const PAGE = join(import.meta.dirname, "../RESULTS.md");
const say = (line: string) => process.stdout.write(`${line}\n`);

process.env.BENCH_BUNDLE ??= "1";
const { names, isAll } = askedRuns(FOLDER);

const machine = machineLine();
const startedAt = new Date();
const compared: Compared[] = [];
for (const name of names) {
  const { bench }: { bench: Bench } = await import(join(FOLDER, `${name}.ts`));
  say(`${name}: ${bench.title}`);
  const from = performance.now();
  const comparison = await bench.run((line) => say(`  ${line}`));
  compared.push({ name, title: bench.title, tookMs: performance.now() - from, comparison });
  if (!isGreen(comparison)) process.exitCode = 1;
}
const page = resultsPage(machine, startedAt, compared);
say(page);
// A part of the cases would overwrite the whole.
if (isAll) {
  writeFileSync(PAGE, page);
  say(`Written to ${PAGE}`);
}
