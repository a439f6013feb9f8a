import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  closingLine,
  failuresIn,
  fromPlaywright,
  fromVitest,
  isGood,
  judgeMissing,
  NOTHING,
  sum,
  tallyOf,
} from "./tally.ts";

const folder = mkdtempSync(join(tmpdir(), "spillway-tally-"));
const report = join(folder, "report.json");
afterAll(() => rmSync(folder, { recursive: true }));

describe("the tally of a test run", () => {
  it("adds what both runners report", () => {
    const vitest = fromVitest({ numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, numTodoTests: 0 });
    const playwright = fromPlaywright({ stats: { expected: 4, unexpected: 0, flaky: 1, skipped: 0 } });
    expect(closingLine(sum(vitest, playwright))).toBe("7 passed, 2 failed, 2 skipped");
    expect(closingLine({ passed: 7, failed: 0, skipped: 0 })).toBe("7 passed, 0 failed");
  });

  it("counts a runner that ended badly as a failure, whatever it reported", () => {
    writeFileSync(report, JSON.stringify({ numPassedTests: 3, numFailedTests: 0 }));
    expect(tallyOf(report, 0, fromVitest)).toEqual({ passed: 3, failed: 0, skipped: 0 });
    expect(tallyOf(report, 1, fromVitest)).toEqual({ passed: 3, failed: 1, skipped: 0 });
    expect(tallyOf(join(folder, "none.json"), null, fromVitest)).toEqual({ ...NOTHING, failed: 1 });
  });

  it("fails what could not run for lack of a program in CI, and skips it elsewhere", () => {
    const ran = { passed: 5, failed: 1, skipped: 3 };
    expect(judgeMissing(ran, 0, true)).toEqual(ran);
    expect(judgeMissing(ran, 1, false)).toEqual(ran);
    expect(judgeMissing(ran, 1, true)).toEqual({ passed: 5, failed: 4, skipped: 0 });
  });

  it("counts each missing program although no test said that it lacked it", () => {
    const ran = { passed: 5, failed: 0, skipped: 0 };
    expect(judgeMissing(ran, 2, false)).toEqual({ passed: 5, failed: 0, skipped: 2 });
    expect(isGood(judgeMissing(ran, 2, true))).toBe(false);
  });

  it("names what failed, with the first line of why", () => {
    const failed = {
      fullName: "a retry acts once",
      status: "failed",
      failureMessages: ["2, not 1\n    at x"],
    };
    const unloaded = { name: "b.test.ts", status: "failed", message: "no such module", assertionResults: [] };
    const file = { name: "a.test.ts", status: "failed", assertionResults: [failed, { status: "passed" }] };
    writeFileSync(report, JSON.stringify({ testResults: [file, unloaded] }));
    expect(failuresIn(report)).toEqual(["a retry acts once: 2, not 1", "b.test.ts: no such module"]);

    const errors = [{ message: "\u001b[31mtimed out\u001b[39m\nlog" }];
    const test = { projectName: "bullmq", status: "unexpected", results: [{ errors }] };
    const specs = [{ file: "c.e2e.ts", title: "opens", tests: [test, { status: "expected" }] }];
    writeFileSync(report, JSON.stringify({ suites: [{ suites: [{ specs }] }] }));
    expect(failuresIn(report)).toEqual(["[bullmq] c.e2e.ts › opens: timed out"]);
    expect(failuresIn(join(folder, "none.json"))).toEqual([]);
  });

  it("calls no run good in which nothing ran or anything failed", () => {
    expect(isGood(NOTHING)).toBe(false);
    expect(isGood({ passed: 1, failed: 1, skipped: 0 })).toBe(false);
    expect(isGood({ passed: 1, failed: 0, skipped: 5 })).toBe(true);
  });
});
