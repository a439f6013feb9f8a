import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readConfigFile } from "./config-file.ts";

const folder = mkdtempSync(join(tmpdir(), "spillway-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string) {
  const file = join(folder, "spillway.json");
  writeFileSync(file, text);
  return readConfigFile(file, "--config");
}

describe("the config file", () => {
  it("holds links, notes and what needs a reason", () => {
    const links = [{ on: "queue", label: "Logs", url: "https://logs.example/{queue}" }];
    expect(read(JSON.stringify({ links, task_notes: { "invoice.charge": "Check first." } }))).toEqual({
      links,
      task_notes: { "invoice.charge": "Check first." },
      reason_required: [],
      redaction: { redact_keys: [], no_redact_keys: [], redact_patterns: [] },
    });
  });

  it.each([
    [
      '{\n "links": [\n  {"on": "queue", "label": "x",\n   "url": "javascript:1"}]}',
      /:4: links\.0\.url: must begin/,
    ],
    ['{\n "links": [],\n "lnks": []\n}', /:3: lnks: Unrecognized key/],
    ['{"task_notes":\n{"a": "ok", "b,]}\\"": 3}}', /:2: task_notes\.b,\]}": Invalid input/],
    ['{"links": [\n{"on": "queue", "label": "x"}]}', /:2: links\.0\.url: Invalid/],
    ["[]", /:1: the file: Invalid input/],
    ['{"links": [}', /is not JSON/],
  ])("names line and path of a mistake in %s", (text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).not.toThrow("\n");
  });

  it("attack 16: changes nothing about objects, whatever its names", () => {
    expect(() => read('{"__proto__": {"links": []}}')).toThrow(/__proto__/);
    expect(() => read('{"constructor": {"prototype": {"polluted": true}}}')).toThrow(
      /constructor: Unrecognized key/,
    );
    expect(() => read('{"redaction": {"__proto__": {"redact_keys": ["x"]}}}')).toThrow(/__proto__/);
    const { task_notes } = read('{"task_notes": {"__proto__": "a", "constructor": "b", "toString": "c"}}');
    expect(Object.entries(task_notes)).toContainEqual(["constructor", "b"]);
    expect(Object.getPrototypeOf(task_notes)).toBe(Object.prototype);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  it("refuses a pattern of secrets that could be slow, by its place", () => {
    expect(() => read('{"redaction": {\n "redact_patterns": ["ok",\n "(?=a)b"]}}')).toThrow(
      /:3: redaction\.redact_patterns\.1: must be an RE2/,
    );
  });
});
