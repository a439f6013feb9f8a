import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import {
  closingLine,
  failuresIn,
  fromPlaywright,
  fromVitest,
  isGood,
  judgeMissing,
  NOTHING,
  sum,
  type Tally,
  tallyOf,
} from "./tally.ts";
import { provideTools } from "./tools.ts";

/**
 * All tests: the packages', then the browser's. Arguments narrow down which files run in both.
 * Ends with a line `N passed, N failed`; a run in which nothing ran is not a good one.
 */
const ROOT = join(import.meta.dirname, "../../..");
const SPILLWAY = join(ROOT, "apps/spillway");
const PLAYWRIGHT = join(SPILLWAY, "node_modules/@playwright/test/cli.js");
const REPORTS = join(ROOT, "node_modules/.cache/spillway-test");
const VITEST_REPORT = join(REPORTS, "vitest.json");
const BROWSER_REPORT = join(REPORTS, "playwright.json");
/** What is started again and again is compiled once: half of what starting a console from its sources costs. */
const COMPILED = { NODE_COMPILE_CACHE: join(ROOT, "node_modules/.cache/node-compile") };
const filters = process.argv.slice(2).filter((arg) => arg !== "--");
const isCi = process.env.CI === "true" || process.env.CI === "1";
const say = (line: string) => process.stdout.write(`${line}\n`);

function runNode(args: readonly string[], cwd: string, env: Record<string, string> = {}): number | null {
  const child = spawnSync(process.execPath, args, {
    cwd,
    env: { ...process.env, ...COMPILED, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return child.status;
}

function runVitest(): Tally {
  const bin = join(ROOT, "node_modules/vitest/vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${VITEST_REPORT}`];
  // Many files wait for Redis, workers or a clock: one more than there are cores keeps the machine busy meanwhile.
  const workers = `--maxWorkers=${availableParallelism() + 1}`;
  const config = ["--config", "vitest.workspace.ts", workers, "--passWithNoTests"];
  const args = [bin, "run", ...config, ...reporters, ...filters];
  return tallyOf(VITEST_REPORT, runNode(args, ROOT), fromVitest);
}

function matchesBrowserTests(): boolean {
  if (filters.length === 0) return true;
  const args = [PLAYWRIGHT, "test", "--list", ...filters];
  return !spawnSync(process.execPath, args, { cwd: SPILLWAY, encoding: "utf8" }).stdout.includes(
    "Total: 0 tests",
  );
}

function runPlaywright(): Tally {
  // Words that mean other tests need no build.
  if (!matchesBrowserTests()) return NOTHING;
  if (runNode([join(SPILLWAY, "scripts/build.ts")], ROOT) !== 0) {
    say("The build failed, so nothing ran in a browser.");
    return { ...NOTHING, failed: 1 };
  }
  const args = [PLAYWRIGHT, "test", "--pass-with-no-tests", "--reporter=list,json", ...filters];
  const exitCode = runNode(args, SPILLWAY, { PLAYWRIGHT_JSON_OUTPUT_FILE: BROWSER_REPORT });
  return tallyOf(BROWSER_REPORT, exitCode, fromPlaywright);
}

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
const missing = provideTools(say);
const total = judgeMissing(sum(runVitest(), runPlaywright()), missing.length, isCi);
if (!isGood(total)) process.exitCode = 1;
// A run of this length ends far below its first failure: its names stand where one looks.
for (const failure of [VITEST_REPORT, BROWSER_REPORT].flatMap(failuresIn)) say(`failed: ${failure}`);
say(closingLine(total));
