import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bench } from "../src/bench.ts";
import { isGreen } from "../src/bench.ts";
import { machineLine } from "../src/machine.ts";
import { type Compared, resultsPage } from "../src/results-page.ts";

/** Side by side with others: all files of `bench/`, or those named. Writes RESULTS.md; exit code 1 if we are behind and nobody says why. */
const FOLDER = join(import.meta.dirname, "../bench");
const PAGE = join(import.meta.dirname, "../RESULTS.md");
const say = (line: string) => process.stdout.write(`${line}\n`);

process.env.BENCH_BUNDLE ??= "1";
const all = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
  .map((file) => file.slice(0, -".ts".length));
const asked = process.argv.slice(2).filter((arg) => arg !== "--");
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no ${unknown.join(", ")}. There are: ${all.join(", ")}.\n`);
  process.exit(78);
}

const machine = machineLine();
const startedAt = new Date();
const compared: Compared[] = [];
for (const name of asked.length === 0 ? all : asked) {
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
if (asked.length === 0) {
  writeFileSync(PAGE, page);
  say(`Written to ${PAGE}`);
}
