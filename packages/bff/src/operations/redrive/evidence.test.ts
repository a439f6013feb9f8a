import type { JobRow, JobState } from "@spillway/engine";
import { describe, expect, test } from "vitest";
import { afterEvent, afterLook, fateFrom } from "./evidence.ts";
import { IdIndex } from "./id-index.ts";

const events = (...types: string[]) => fateFrom(types.reduce(afterEvent, 0));
const row = (state: JobState) => ({ state }) as JobRow;
const looks = (seen: number, ...rows: [JobState | null, boolean | null][]) =>
  fateFrom(
    rows.reduce(
      (sum, [state, changed]) => afterLook(sum, state === null ? undefined : row(state), changed),
      seen,
    ),
  );

describe("the fate of a retried job", () => {
  test.each([
    [["started"], "started"],
    [["started", "completed"], "completed"],
    [["completed"], "completed"],
    [["started", "attempt_failed"], "failed"],
    [["started", "attempt_failed", "started", "completed"], "failed"],
    [["failed", "started", "completed"], "completed"],
    [["failed"], "open"],
    [["started", "removed"], "gone"],
    [["completed", "removed"], "completed"],
    [["stalled"], "open"],
  ])("after %j is %s", (types, fate) => expect(events(...types)).toBe(fate));

  const hint = afterEvent(0, "attempt_failed");
  test.each<[string, number, [JobState | null, boolean | null][], string]>([
    ["it failed", 0, [["failed", true]], "failed"],
    ["it backs off", 0, [["delayed", null]], "failed"],
    ["it waits as it was put back", hint, [["waiting", false]], "open"],
    ["it waits again after a failed attempt", hint, [["waiting", true]], "failed"],
    ["it waits again, nobody knows why", 0, [["waiting", true]], "open"],
    ["late news of its first failure, then it completed", hint, [["completed", true]], "completed"],
    ["it is missed once", 0, [[null, null]], "open"],
    [
      "it is missed twice",
      0,
      [
        [null, null],
        [null, null],
      ],
      "gone",
    ],
    ["it runs", 0, [["active", true]], "started"],
  ])("if %s", (_, seen, rows, fate) => expect(looks(seen, ...rows)).toBe(fate));
});

test("ids are found by their fingerprints, strangers are not", () => {
  const index = new IdIndex(50_000);
  for (let i = 0; i < 50_000; i++) index.set(`job-${i}`, i);
  for (let i = 0; i < 50_000; i++) expect(index.get(`job-${i}`)).toBe(i);
  for (let i = 50_000; i < 200_000; i++) expect(index.get(`job-${i}`)).toBe(-1);
});
