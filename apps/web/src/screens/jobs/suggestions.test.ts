import { expect, it } from "vitest";
import type { KnownValues } from "./known-values.ts";
import { suggest } from "./suggestions.ts";

const value = (name: string, note = "2 jobs") => ({
  value: name,
  note,
  found: `${name} ${note}`.toLowerCase(),
});
const known: KnownValues = {
  task: [value("invoice.charge"), value("send mail")],
  error_shape: [value("ab12", "TimeoutError: connect timed out")],
  worker: [value("host-3")],
  worker_version: [],
};
const words = (text: string, at = text.length) => suggest(text, at, known).map(({ word }) => word);

it("offers the qualifiers first, and each once", () => {
  expect(words("")).toEqual(["task:", "id:", "state:", "shape:", "worker:", "version:", "since:", "until:"]);
  expect(words("task:x state:failed ")).not.toContain("task:");
  expect(words("job_id:x ")).not.toContain("id:");
});

it("takes any letters for a qualifier, a state or a task", () => {
  expect(words("st")).toEqual(["state:"]);
  expect(words("fail")).toEqual(["state:failed"]);
  expect(words("wait")).toEqual(["state:waiting", "state:blocked"]);
  expect(words("charge")).toEqual(["task:invoice.charge"]);
  expect(words("mail")).toEqual(['task:"send mail"']);
});

it("offers the values of a qualifier, an error by its words", () => {
  expect(words("state:")).toHaveLength(7);
  expect(words("state:co")).toEqual(["state:completed"]);
  expect(words("shape:timeout")).toEqual(["shape:ab12"]);
  expect(words("worker:h")).toEqual(["worker:host-3"]);
  expect(words("id:x")).toEqual([]);
  expect(words("state:failed")).toEqual([]);
});

it("puts it where the caret is, and leaves the rest", () => {
  const [first] = suggest("task:inv tenant-88", 8, known);
  expect(first).toMatchObject({
    text: "task:invoice.charge tenant-88",
    at: "task:invoice.charge ".length,
    open: false,
  });
  const [open] = suggest("ta tenant-88", 2, known);
  expect(open).toMatchObject({ text: "task: tenant-88", at: "task:".length, open: true });
  expect(words("task:inv tenant", 3)).toEqual([]);
});
