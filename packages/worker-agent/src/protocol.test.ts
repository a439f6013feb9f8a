import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAnswer, parseReport, parseRequest, type WorkerReport } from "./protocol.ts";

const REPORT: WorkerReport = {
  worker: "6f1c",
  group: "alpha@host#1.abcd",
  name: "alpha",
  connectionName: "alpha",
  host: "host",
  pid: 1,
  version: "2.14.0",
  concurrency: 5,
  uptimeMs: 1_000,
  jobs: [{ id: "1", task: "charge", startedAt: 1_700_000_000_000 }],
  cancels: true,
  stopped: false,
};

const REQUEST = { jobId: "1", token: "6f1c:0", attempt: 1, reason: "Cancelled by an operator" };

describe("what is read from Redis", () => {
  it("is read back as it was written", () => {
    expect(parseReport(`1700000000000 ${JSON.stringify(REPORT)}`)).toEqual({
      beatAt: 1_700_000_000_000,
      report: REPORT,
    });
    expect(parseRequest(JSON.stringify(REQUEST))).toEqual(REQUEST);
    expect(parseAnswer("stopped")).toBe("stopped");
  });

  it("never throws, and is either right or null, whatever stands there", () => {
    const nearly = fc.record(
      Object.fromEntries(
        [...Object.keys(REPORT), ...Object.keys(REQUEST)].map((key) => [key, fc.anything()]),
      ),
      { requiredKeys: [] },
    );
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      nearly.map((value) => safeJson(value)),
    );
    fc.assert(
      fc.property(texts, fc.oneof(fc.string(), fc.nat().map(String)), (raw, at) => {
        const report = parseReport(`${at} ${raw}`)?.report;
        if (report) {
          expect([typeof report.worker, typeof report.host, typeof report.stopped]).toEqual([
            "string",
            "string",
            "boolean",
          ]);
          expect(Number.isInteger(report.pid) && Number.isInteger(report.concurrency)).toBe(true);
        }
        const request = parseRequest(raw);
        if (request) expect(typeof request.jobId + typeof request.attempt).toBe("stringnumber");
        parseAnswer(raw);
      }),
      { numRuns: 2_000 },
    );
  });

  it("believes no half report, and no half request", () => {
    for (const key of ["worker", "group", "host", "pid", "concurrency"] as const) {
      expect([key, parseReport(`1 ${JSON.stringify({ ...REPORT, [key]: undefined })}`)]).toEqual([key, null]);
    }
    for (const key of ["jobId", "token", "attempt", "reason"] as const) {
      expect([key, parseRequest(JSON.stringify({ ...REQUEST, [key]: null }))]).toEqual([key, null]);
    }
    for (const raw of [
      "",
      "1",
      "1 ",
      "x {}",
      `-1 ${JSON.stringify(REPORT)}`,
      `NaN ${JSON.stringify(REPORT)}`,
    ]) {
      expect(parseReport(raw)).toBeNull();
    }
  });
});

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
}
