import { join } from "node:path";
import { askedRuns } from "../src/asked-runs.ts";
import { machineLine } from "../src/machine.ts";
import { hasPassed, resultText, writeResult } from "../src/result-file.ts";
import type { Torture } from "../src/torture.ts";

/** Long runs: all files of `torture/`, or those named. Each writes its figures to `results/`; exit code 1 if one failed. */
const FOLDER = join(import.meta.dirname, "../torture");
const say = (line: string) => process.stdout.write(`${line}\n`);

for (const name of askedRuns(FOLDER).names) {
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
