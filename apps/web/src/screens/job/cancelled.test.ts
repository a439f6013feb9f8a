import { expect, it } from "vitest";
import { failureBefore, wasCancelled } from "./cancelled.ts";

const attempt = (number: number, name: string | null) => ({
  number,
  started_at: null,
  finished_at: null,
  worker_id: null,
  error: name === null ? null : { name, message: "", stack: null, frames: [] },
});
const cancel = { name: "Cancelled", message: "", shape_id: "x" };

it("finds what a cancelled job failed of before", () => {
  expect(wasCancelled({ state: "failed", error: cancel })).toBe(true);
  expect(wasCancelled({ state: "active", error: cancel })).toBe(false);
  const attempts = [attempt(1, "TimeoutError"), attempt(2, "SyntaxError"), attempt(3, "Cancelled")];
  expect(failureBefore({ attempts })?.name).toBe("SyntaxError");
  expect(failureBefore({ attempts: attempts.slice(2) })).toBeNull();
});
