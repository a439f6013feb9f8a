import { readdirSync } from "node:fs";
import { join } from "node:path";
import { machineLine } from "../src/machine.ts";
import { hasPassed, resultText, writeResult } from "../src/result-file.ts";
import type { Torture } from "../src/torture.ts";

/** Long runs: all files of `torture/`, or those named. Each writes its figures to `results/`; exit code 1 if one failed. */
const FOLDER = join(import.meta.dirname, "../torture");
const say = (line: string) => process.stdout.write(`${line}\n`);

const all = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
  .map((file) => file.slice(0, -".ts".length));
const asked = process.argv.slice(2).filter((arg) => arg !== "--");
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no ${unknown.join(", ")}. There are: ${all.join(", ")}.\n`);
  process.exit(78);
}

for (const name of asked.length === 0 ? all : asked) {
  const { torture }: { torture: Torture } = await import(join(FOLDER, `${name}.ts`));
  const startedAt = new Date();
  const machine = machineLine();
  say(`${name}: ${torture.title}`);
  const report = await torture.run((line) => say(`  ${line}`));
  const finished = {
    name,
    title: torture.title,
    machine,
    startedAt,
    tookMs: Date.now() - startedAt.getTime(),
    report,
  };
  say(resultText(finished));
  say(`Written to ${writeResult(finished)}`);
  if (!hasPassed(report)) process.exitCode = 1;
}
