import { expect, it } from "vitest";
import { jsonLines } from "./json-lines.ts";

const print = (text: string) =>
  jsonLines(text)?.map(
    (line) =>
      `${"  ".repeat(line.depth)}${line.key === null ? "" : `${line.key}: `}${line.text}${line.comma ? "," : ""}`,
  );

it("keeps every digit of a number", () => {
  expect(print('{"id":90071992547409931234,"n":1.10e+3}')).toEqual([
    "{",
    "  id: 90071992547409931234,",
    "  n: 1.10e+3",
    "}",
  ]);
});

it("names where each value lives", () => {
  const lines = jsonLines('{"items":[{"a b":1},[]],"__proto__":{"admin":true}}');
  expect(lines?.filter((line) => line.kind !== "close").map((line) => line.path)).toEqual([
    "",
    "items",
    "items[0]",
    'items[0]["a b"]',
    "items[1]",
    "__proto__",
    "__proto__.admin",
  ]);
});

it("marks where a block ends, empty ones at once", () => {
  expect(jsonLines("[[],1]")?.map((line) => line.end)).toEqual([3, 1, 2, 3]);
  expect(print("[[],{}]")).toEqual(["[", "  [],", "  {}", "]"]);
});

it.each(["", "{", "plain text", '{"a":1}x', "[1,]", "{'a':1}", '{"a" 1}', "01", `${"[".repeat(300)}`])(
  "refuses %s",
  (text) => {
    expect(jsonLines(text)).toBeNull();
  },
);

it.each(["null", "-0.5", '"x\\"y"', " [ ] "])("accepts %s", (text) => {
  expect(jsonLines(text)).not.toBeNull();
});
