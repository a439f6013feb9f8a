import { createVerifier } from "@spillway/contract/audit";
import { auditFilter } from "@spillway/contract/schemas";
import { createManualClock } from "@spillway/engine-embedded";
import { describe, expect, test } from "vitest";
import { memorySink, sha256, silent } from "../app.fixture.ts";
import { toCsv } from "./csv.ts";
import { exportRecords } from "./exports.ts";
import { facetsOf, matching } from "./filter.ts";
import { toMarkdown } from "./markdown.ts";
import { resumeAudit } from "./read-back.ts";
import { createAuditSeam, ownIntent } from "./seam.ts";
import { AuditStore } from "./store.ts";

const DONE = { status: "success", affected: 1, skipped: null, failed: 0, error: null, details: {} } as const;

function stage(capacity = 100) {
  const clock = createManualClock(Date.UTC(2026, 10, 23, 14));
  const lines: string[] = [];
  const store = new AuditStore({ clock, log: silent, sha256, capacity, sinks: [memorySink(lines)] });
  const act = async (action = "queue.pause", parts: Parameters<typeof ownIntent>[2] = {}) => {
    const { id, saved } = store.begin(ownIntent(action, "system", parts));
    await saved;
    await store.complete(id, "outcome", DONE);
    return id;
  };
  return { clock, store, act, lines };
}

function verify(lines: readonly string[], head: string | null = null) {
  const verifier = createVerifier({ sha256, head });
  for (const line of lines) verifier.add(line);
  return verifier.end(false);
}

describe("the chain", () => {
  test("holds through evictions, which spare what is pending", async () => {
    const { store, act, lines } = stage(50);
    const open = store.begin(ownIntent("queue.resume", "system"));
    for (let i = 0; i < 5_000; i++) await act();
    expect(store.holds()).toMatchObject({ size: 50, evicted: 4_951, capacity: 50, source: "file" });
    expect(store.get(open.id)?.status).toBe("pending");
    expect(store.check()).toEqual({ ok: true });
    expect(verify(lines, store.chain().head)).toMatchObject({ bad: null, records: 5_001, entries: 10_001 });
  });

  test("what is changed in memory is found", async () => {
    const { store, act } = stage();
    await act();
    const record = [...store.records()][0] ?? expect.fail();
    const link = record.entries[0] ?? expect.fail();
    const resumed = stage().store;
    resumed.resume({ ...link, kind: "intent", id: record.id, body: ownIntent("queue.drain", "system") });
    expect(resumed.chain().consistent).toBe(false);
  });
});

describe("attempts that were not let in", () => {
  const FORBIDDEN = {
    status: "failed",
    affected: 0,
    skipped: null,
    failed: 1,
    error: { code: "forbidden", message: "no" },
    details: {},
  } as const;

  test.each([
    ["forbidden", 10_000],
    ["unauthenticated", 1_000],
    ["rate_limited", 1_000],
    ["not_found", 1_000],
  ])("as %s push out each other and nothing that was done", async (code, attempts) => {
    const { store, act } = stage(100);
    for (let i = 0; i < 100; i++) await act();
    for (let i = 0; i < attempts; i++) {
      const { id } = store.begin(ownIntent("queue.drain", "system"), true);
      await store.complete(id, "outcome", { ...FORBIDDEN, error: { code, message: "no" } });
    }
    expect(store.holds()).toMatchObject({
      size: 100,
      evicted: 0,
      denied: { size: 10, capacity: 10, evicted: attempts - 10 },
    });
    expect([...store.records()]).toHaveLength(110);
    expect(store.check()).toEqual({ ok: true });
  });
});

describe("an earlier process's file", () => {
  const resume = (store: AuditStore, lines: readonly string[]) =>
    resumeAudit(store, memorySink([...lines]).readBack(), { sha256, log: silent });

  test("is taken over; what it left open is unknown; the gap is on record", async () => {
    const first = stage();
    await first.act("queue.pause", { queue: "letters" });
    const open = first.store.begin(ownIntent("queue.resume", "system", { queue: "letters" }));
    await open.saved;
    const second = stage();
    const twice = first.lines.flatMap((line, i) => (i === 1 ? [line, line] : [line]));
    await resume(second.store, [...twice, '{"half']);
    expect(second.store.get(open.id)).toMatchObject({ status: "unknown", error: { code: "interrupted" } });
    expect(second.store.newestFirst()[0]).toMatchObject({
      action: "audit.resumed",
      source: "system",
      details: {
        entries: 3,
        interrupted: 1,
        unreadable_lines: 1,
        chain: "consistent",
        problem: expect.stringContaining("broke off"),
      },
    });
    expect(verify([...first.lines, ...second.lines], second.store.chain().head)).toMatchObject({ bad: null });
    expect(second.store.holds().size).toBe(3);
  });

  test("lines written again after a sink failed half-way count once", async () => {
    const first = stage();
    for (let i = 0; i < 5; i++) await first.act();
    const again = [...first.lines.slice(0, 8), first.lines[8]?.slice(0, 20) ?? "", ...first.lines.slice(4)];
    const { store } = stage();
    await resume(store, again);
    expect(store.newestFirst()[0]?.details).toMatchObject({ entries: 10, chain: "consistent" });
    expect(verify(again)).toMatchObject({
      bad: null,
      entries: 10,
      notes: [/hold no entry: 1/, /twice: 4/].map((text) => expect.stringMatching(text)),
    });
  });

  test("a line that does not belong is named, and the chain goes on past it", async () => {
    const first = stage();
    await first.act();
    const lines = [first.lines[0] ?? "", "Mounted /dev/sdb1 rw", first.lines[1] ?? ""];
    const { store } = stage();
    await resume(store, lines);
    expect(store.newestFirst()[0]?.details).toMatchObject({
      chain: "consistent",
      problem: "Lines that hold no entry: 2.",
    });
  });

  test("one that was rotated begins anywhere; an empty one begins a chain", async () => {
    const first = stage();
    for (let i = 0; i < 5; i++) await first.act();
    const { store } = stage();
    await resume(store, first.lines.slice(4));
    expect(store.newestFirst()[0]?.details).toMatchObject({ entries: 6, chain: "consistent" });
    expect(store.chain().consistent).toBe(true);
    const empty = stage();
    await resume(empty.store, []);
    expect(empty.store.newestFirst().map(({ action }) => action)).toEqual(["console.started"]);
  });

  test("one that was tampered with is named as such", async () => {
    const first = stage();
    for (let i = 0; i < 5; i++) await first.act();
    first.lines.splice(3, 1);
    const { store } = stage(3);
    await resume(store, first.lines);
    expect(store.newestFirst()[0]?.details.chain).toMatch(/^broken at entry 5/);
    expect(store.chain().consistent).toBe(false);
    expect(store.holds().size).toBe(3);
  });

  test("what a parser would leave out is hashed too", async () => {
    const first = stage();
    const details = JSON.parse('{"__proto__": {"x": 1}, "at": "2026", "\u2028": 1}');
    await first.act("queue.pause", { details });
    const { store } = stage();
    await resume(store, first.lines);
    expect(store.chain().consistent).toBe(true);
  });
});

describe("filters", () => {
  const filter = (query: Record<string, string>) => auditFilter.parse(query);

  test("each narrows, and facets count as if their own were not set", async () => {
    const { store, act, clock } = stage();
    await act("queue.pause", { queue: "a", destructive: false, reason: "Poison pill" });
    await clock.advance(60_000);
    await act("job.remove", {
      queue: "b",
      job_id: "7",
      destructive: true,
      incident: "INC-1",
      details: { task: "Invoice" },
    });
    await act("job.retry", { queue: "b", job_id: "8" });
    const actions = (query: Record<string, string>) =>
      matching(store.records(), filter(query)).map(({ action }) => action);
    expect(actions({ action: "job." })).toEqual(["job.remove", "job.retry"]);
    expect(actions({ action: "queue.pause, job.retry" })).toEqual(["queue.pause", "job.retry"]);
    expect(actions({ destructive: "true" })).toEqual(["job.remove"]);
    expect(actions({ incident: "INC-1" })).toEqual(["job.remove"]);
    expect(actions({ job_id: "8" })).toEqual(["job.retry"]);
    expect(actions({ q: "POISON" })).toEqual(["queue.pause"]);
    expect(actions({ q: "invoice" })).toEqual(["job.remove"]);
    expect(actions({ actor: "SPILL" })).toHaveLength(3);
    expect(actions({ from: "2026-11-23T14:00:30Z" })).toHaveLength(2);
    expect(actions({ to: "2026-11-23T14:00:30Z", status: "success" })).toEqual(["queue.pause"]);
    const { queue, action } = facetsOf(store.records(), filter({ queue: "b" }));
    expect(queue).toEqual([
      { value: "b", count: 2 },
      { value: "a", count: 1 },
    ]);
    expect(action).toEqual([
      { value: "job.remove", count: 1 },
      { value: "job.retry", count: 1 },
      { value: "queue.pause", count: 0 },
    ]);
  });

  test("the sampler sees who acted", async () => {
    const { store, act, clock } = stage();
    const seam = createAuditSeam(store);
    const before = clock.now();
    await act("queue.pause", { queue: "a", destructive: false });
    await clock.advance(1);
    expect(seam.actedSince(["queue.pause"], "a", before)).toBe(1);
    expect(seam.actedSince(["queue.pause"], "b", before)).toBe(0);
    expect(seam.actedSince(["queue.pause"], "a", clock.now())).toBe(0);
    seam.observe({
      action: "job.remove",
      queue: "c",
      affected: 12,
      text: "12 jobs went.",
      between: { from: before, to: clock.now() },
    });
    expect(seam.recentDestructive(5)).toMatchObject([
      { source: "observed", affected: 12, queue: "c", destructive: true },
    ]);
    expect(seam.actedSince(["job.remove"], "c", before)).toBe(0);
    expect(facetsOf(store.records(), filter({})).status).toEqual([
      { value: "noticed", count: 1 },
      { value: "success", count: 1 },
    ]);
    expect(facetsOf(store.records(), filter({})).actor).toEqual([
      { value: "spillway", name: "Spillway", count: 1 },
      { value: "unknown", name: "unknown", count: 1 },
    ]);
    for (const query of [{ status: "noticed" }, { actor: "unknown" }, { q: "unknown" }, { q: "noticed" }])
      expect(matching(store.records(), filter(query)).map(({ queue }) => queue)).toEqual(["c"]);
    expect(matching(store.records(), filter({ status: "success" })).map(({ queue }) => queue)).toEqual(["a"]);
    expect(["a", "b"].map(seam.isPausedOnRecord)).toEqual([true, false]);
    await act("scenario.set");
    expect(seam.isPausedOnRecord("a")).toBe(false);
    expect(toMarkdown(seam.recentDestructive(5))).toContain(
      "| unknown, outside of this console | job.remove | c | noticed |",
    );
  });
});

describe("exports", () => {
  const EVIL = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "＝1",
    "\r\n=1",
    "|calc",
    "\u200b=1",
    '"=1"',
    "a,b\n=c",
  ];

  test.each(EVIL)("a cell %j is no formula and reads back as it was", async (text) => {
    const { store, act } = stage();
    await act("job.retry", { reason: text, queue: text });
    const rows = parseCsv(toCsv([...store.records()]));
    const [head = [], row = []] = rows;
    expect(rows).toHaveLength(2);
    const cell = row[head.indexOf("reason")] ?? "";
    expect(cell === text || cell === `'${text}`).toBe(true);
    expect(cell).not.toMatch(/^[\s\u200b]*[=+\-@＝|]/);
  });

  test("Markdown keeps hostile text in its cell", async () => {
    const { store, act } = stage();
    await act("job.retry", { reason: "a|b\n| c |<script>`x`](javascript:1)" });
    const text = (await Array.fromAsync(exportRecords([...store.records()], "markdown").texts)).join("");
    expect(text.split("\n").filter((line) => line !== "")).toHaveLength(3);
    expect(text).not.toMatch(/<script|`|\]\(/);
  });
});

/** Reads RFC 4180 back, independently of how it was written. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? "";
    if (isQuoted && char === '"' && text[i + 1] === '"') cell += text[i++];
    else if (char === '"') isQuoted = !isQuoted;
    else if (isQuoted) cell += char;
    else if (char === "," || char === "\n") {
      rows.at(-1)?.push(cell);
      cell = "";
      if (char === "\n") rows.push([]);
    } else if (char !== "\r") cell += char;
  }
  return rows.filter((row) => row.length > 0);
}
