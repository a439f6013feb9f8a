import { expect, it } from "vitest";
import { isUnfinished, nothingTyped, printTyped, readTyped, type TypedSearch } from "./typed-search.ts";

const now = Date.parse("2026-11-23T14:30:00.000Z");
const read = (text: string) => readTyped(text, now);

it.each<[string, Partial<TypedSearch>]>([
  ["", {}],
  ["tenant-88", { q: "tenant-88" }],
  ["task:invoice.charge tenant-88", { task: "invoice.charge", q: "tenant-88" }],
  ["  TASK:Invoice.charge   id:8f31 ", { task: "Invoice.charge", job_id: "8f31" }],
  [
    "job_id:legacy/ task:INVOICE.charge q:tenant-88",
    { job_id: "legacy/", task: "INVOICE.charge", q: "tenant-88" },
  ],
  ["state:Failed shape:ab12cd", { state: "failed", error_shape: "ab12cd" }],
  ["state:any x", { q: "x" }],
  ["worker:host-3 version:2.14.0", { worker: "host-3", worker_version: "2.14.0" }],
  ['task:"send mail" two words', { task: "send mail", q: "two words" }],
  ["since:15m", { from: "2026-11-23T14:15:00.000Z" }],
  [
    "since:14:02 until:2026-11-23T14:10Z",
    { from: "2026-11-23T14:02:00.000Z", to: "2026-11-23T14:10:00.000Z" },
  ],
  // What people paste from a payload is meant as it stands.
  ['{"tenant": "tenant-88"}', { q: '{"tenant": "tenant-88"}' }],
  ['"tenant":"tenant-88"', { q: '"tenant":"tenant-88"' }],
  ["https://example.com:8080/a", { q: "https://example.com:8080/a" }],
  ['"task:of a payload"', { q: "task:of a payload" }],
  ['say "hi', { q: 'say "hi' }],
  ["task:", {}],
])("reads %s", (text, search) => {
  expect(read(text)).toEqual({ search: { ...nothingTyped, ...search }, complaints: [] });
});

it.each<[string, Partial<TypedSearch>, RegExp]>([
  ["state:sideways task:a", { task: "a" }, /“sideways” is no state/],
  ["since:noon", {}, /“noon” is no time/],
  ["task:a task:b", { task: "b" }, /task is there twice/],
  [`shape:${"a".repeat(65)}`, {}, /at most/],
  ["x".repeat(257), {}, /at most/],
])("says what is wrong with %s and uses the rest", (text, search, complaint) => {
  const understood = read(text);
  expect(understood.search).toEqual({ ...nothingTyped, ...search });
  expect(understood.complaints.join(" ")).toMatch(complaint);
});

const nasty = [
  "a",
  "a b",
  " a",
  "a  b",
  '"',
  '"a"',
  'a"b',
  "\\",
  '\\"',
  "task:x",
  "q:",
  ":",
  "tenant-88 state:failed",
  "é…",
  "\t",
];

it("is read as it was printed, whatever it holds", () => {
  for (const task of ["", ...nasty]) {
    for (const q of ["", ...nasty]) {
      const search = {
        ...nothingTyped,
        task,
        q,
        state: "active" as const,
        from: "2026-11-23T14:02:11.000Z",
        to: "2026-11-23T14:02:11.123Z",
      };
      expect(read(printTyped(search)), printTyped(search)).toEqual({ search, complaints: [] });
    }
  }
});

it("prints what people would type", () => {
  const search = { ...nothingTyped, state: "failed" as const, task: "invoice.charge", q: "tenant-88" };
  expect(printTyped(search)).toBe("task:invoice.charge state:failed tenant-88");
  expect(printTyped(nothingTyped)).toBe("");
});

it.each([
  ["ta", true],
  ["task", true],
  ["task:", true],
  ["task:inv", false],
  ["state:fai", true],
  ["state:failed", false],
  ["tenant", false],
  ["ta ", false],
  ["", false],
])("knows whether somebody is in the middle of %j: %s", (text, unfinished) => {
  expect(isUnfinished(text)).toBe(unfinished);
});
