import { readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

/** How many tests ended how. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0 };

export function sum(...tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (total, each) => ({
      passed: total.passed + each.passed,
      failed: total.failed + each.failed,
      skipped: total.skipped + each.skipped,
    }),
    NOTHING,
  );
}

/** The closing line: `12 passed, 0 failed`, and what was skipped if anything was. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** Whether a run may be called good: something ran and nothing failed. */
export function isGood({ passed, failed }: Tally): boolean {
  return passed > 0 && failed === 0;
}

/** In CI a test that could not run for lack of a program has failed; elsewhere it was skipped. At least one a program. */
export function judgeMissing(tally: Tally, programs: number, isCi: boolean): Tally {
  if (programs === 0) return tally;
  const notRun = Math.max(tally.skipped, programs);
  return isCi ? { ...tally, failed: tally.failed + notRun, skipped: 0 } : { ...tally, skipped: notRun };
}

/** What a runner wrote, and that it ended badly although no test failed (a file that can't be loaded) counts as one failure. */
export function tallyOf(file: string, exitCode: number | null, read: (report: unknown) => Tally): Tally {
  const tally = readReport(file, read);
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

function readReport(file: string, read: (report: unknown) => Tally): Tally {
  try {
    return read(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return NOTHING;
  }
}

/** Vitest's JSON report. */
export function fromVitest(report: unknown): Tally {
  return {
    passed: count(report, "numPassedTests"),
    failed: count(report, "numFailedTests"),
    skipped: count(report, "numPendingTests") + count(report, "numTodoTests"),
  };
}

/** Playwright's JSON report. A flaky test failed once, and that counts. */
export function fromPlaywright(report: unknown): Tally {
  const stats = field(report, "stats");
  return {
    passed: count(stats, "expected"),
    failed: count(stats, "unexpected") + count(stats, "flaky"),
    skipped: count(stats, "skipped"),
  };
}

/** Names the tests that failed, each with the first line of why, from either runner's report; [] where it can't be read. */
export function failuresIn(file: string): string[] {
  try {
    const report: unknown = JSON.parse(readFileSync(file, "utf8"));
    return [...vitestFailures(report), ...playwrightFailures(report)];
  } catch {
    return [];
  }
}

function vitestFailures(report: unknown): string[] {
  return items(report, "testResults").flatMap((file) => {
    const failed = items(file, "assertionResults").filter((test) => field(test, "status") === "failed");
    const lines = failed.map((test) => told(text(test, "fullName"), items(test, "failureMessages")[0]));
    // A file that can't be loaded has no tests to name.
    const whole = field(file, "status") === "failed" && failed.length === 0;
    return whole ? [told(text(file, "name"), field(file, "message"))] : lines;
  });
}

function playwrightFailures(suite: unknown): string[] {
  const own = items(suite, "specs").flatMap((spec) =>
    items(spec, "tests")
      .filter((test) => ["unexpected", "flaky"].includes(text(test, "status")))
      .map((test) => {
        const errors = items(test, "results").flatMap((result) => items(result, "errors"));
        const name = `[${text(test, "projectName")}] ${text(spec, "file")} › ${text(spec, "title")}`;
        return told(name, field(errors[0], "message"));
      }),
  );
  return [...own, ...items(suite, "suites").flatMap((inner) => playwrightFailures(inner))];
}

function told(name: string, why: unknown): string {
  const first = typeof why === "string" ? stripVTControlCharacters(why).split("\n")[0] : "";
  return first ? `${name}: ${first}` : name;
}

function items(value: unknown, name: string): unknown[] {
  const found = field(value, name);
  return Array.isArray(found) ? found : [];
}

function text(value: unknown, name: string): string {
  const found = field(value, name);
  return typeof found === "string" ? found : "";
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.getOwnPropertyDescriptor(value, name)?.value
    : undefined;
}

function count(value: unknown, name: string): number {
  const found = field(value, name);
  return typeof found === "number" ? found : 0;
}
