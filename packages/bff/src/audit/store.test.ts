import { auditFilter } from "@spillway/contract/schemas";
import { createManualClock } from "@spillway/engine-embedded";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sha256, silent } from "../app.fixture.ts";
import { checkChain } from "./chain.ts";
import { toCsv } from "./csv.ts";
import { type ChainEntry, chainEntry } from "./entry.ts";
import { exportRecords } from "./exports.ts";
import { facetsOf, matching } from "./filter.ts";
import { resumeAudit } from "./read-back.ts";
import { createAuditSeam, ownIntent } from "./seam.ts";
import { AuditStore } from "./store.ts";

const DONE = { status: "success", affected: 1, skipped: null, failed: 0, error: null, details: {} } as const;

function stage(capacity = 100) {
  const clock = createManualClock(Date.UTC(2026, 10, 23, 14));
  const lines: string[] = [];
  const sink = {
    append: async (line: string) => void lines.push(line),
    readBack: async () => ({ lines, problem: null }),
  };
  const store = new AuditStore({ clock, log: silent, sha256, capacity, sink });
  const act = async (action = "queue.pause", parts: Parameters<typeof ownIntent>[2] = {}) => {
    const { id, saved } = store.begin(ownIntent(action, "system", parts));
    await saved;
    await store.complete(id, "outcome", DONE);
    return id;
  };
  const entries = (): ChainEntry[] => lines.map((line) => chainEntry.parse(JSON.parse(line)));
  return { clock, store, act, lines, entries };
}

describe("the chain", () => {
  test("holds through evictions, which spare what is pending", async () => {
    const { store, act, entries } = stage(50);
    const open = store.begin(ownIntent("queue.resume", "system"));
    for (let i = 0; i < 5_000; i++) await act();
    expect(store.holds()).toMatchObject({ size: 50, evicted: 4_951, capacity: 50, source: "file" });
    expect(store.get(open.id)?.status).toBe("pending");
    expect(store.check()).toEqual({ ok: true });
    expect(checkChain(entries(), sha256, store.chain().head)).toEqual({ ok: true });
  });

  test("flips, deletions, reorderings and a cut-off end are found, and the first bad entry is named", async () => {
    const { store, act, entries } = stage();
    for (let i = 0; i < 20; i++) await act("job.retry", { job_id: `${i}`, reason: "r" });
    const good = entries();
    const head = store.chain().head;
    const check = (change: (list: ChainEntry[]) => unknown) => {
      const copy = structuredClone(good);
      change(copy);
      return checkChain(copy, sha256, head);
    };
    const at = (list: ChainEntry[], i: number): ChainEntry => list[i] ?? expect.fail();
    expect(check(() => 0)).toEqual({ ok: true });
    fc.assert(
      fc.property(fc.nat({ max: 38 }), (i) => {
        expect(check((list) => Object.assign(at(list, i).body, { details: { x: 1 } }))).toMatchObject({
          firstBad: i + 1,
        });
        expect(check((list) => Object.assign(at(list, i), { at: "2020-01-01T00:00:00.000Z" }))).toMatchObject(
          { firstBad: i + 1 },
        );
        if (i > 0) expect(check((list) => list.splice(i, 1))).toMatchObject({ ok: false, firstBad: i + 2 });
        expect(check((list) => list.splice(i, 2, at(list, i + 1), at(list, i)))).toMatchObject({ ok: false });
        expect(check((list) => list.splice(i + 1))).toMatchObject({ ok: false, firstBad: i + 2 });
      }),
    );
  });

  test("what is changed in memory is found", async () => {
    const { store, act, clock } = stage();
    const resumed = new AuditStore({ clock, log: silent, sha256, capacity: 10 });
    await act();
    const { entries } = stage();
    expect(entries()).toEqual([]);
    const tampered = chainEntry.parse(JSON.parse(JSON.stringify((await tamper(store)) ?? {})));
    resumed.resume([tampered]);
    expect(resumed.chain().consistent).toBe(false);
  });

  async function tamper(store: AuditStore): Promise<ChainEntry | undefined> {
    const record = [...store.records()][0];
    const link = record?.entries[0];
    if (!record || !link) return undefined;
    return { ...link, kind: "intent", id: record.id, body: ownIntent("queue.drain", "system") };
  }
});

describe("an earlier process's file", () => {
  test("is taken over; what it left open is unknown; the gap is on record", async () => {
    const first = stage();
    await first.act("queue.pause", { queue: "letters" });
    const open = first.store.begin(ownIntent("queue.resume", "system", { queue: "letters" }));
    await open.saved;
    const second = stage();
    const twice = first.lines.flatMap((line, i) => (i === 1 ? [line, line] : [line]));
    await resumeAudit(
      second.store,
      { lines: [...twice, '{"half'], problem: "torn" },
      { sha256, log: silent },
    );
    expect(second.store.get(open.id)).toMatchObject({ status: "unknown", error: { code: "interrupted" } });
    const newest = second.store.newestFirst()[0];
    expect(newest).toMatchObject({
      action: "audit.resumed",
      source: "system",
      details: { entries: 3, interrupted: 1, unreadable_lines: 1, chain: "consistent", problem: "torn" },
    });
    const all = [...first.lines.map((line) => chainEntry.parse(JSON.parse(line))), ...second.entries()];
    expect(checkChain(all, sha256, second.store.chain().head)).toEqual({ ok: true });
    expect(second.store.holds().size).toBe(3);
  });

  test("one that was tampered with is named as such", async () => {
    const first = stage();
    for (let i = 0; i < 5; i++) await first.act();
    first.lines.splice(3, 1);
    const { store } = stage(3);
    await resumeAudit(store, { lines: first.lines, problem: null }, { sha256, log: silent });
    expect(store.newestFirst()[0]?.details.chain).toMatch(/^broken at entry 5/);
    expect(store.chain().consistent).toBe(false);
    expect(store.holds().size).toBe(3);
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
    expect(action.map(({ value }) => value)).toEqual(["job.remove", "job.retry"]);
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
    seam.observe({ action: "job.remove", queue: "c", affected: 12, text: "12 jobs went." });
    expect(seam.recentDestructive(5)).toMatchObject([
      { source: "observed", affected: 12, queue: "c", destructive: true },
    ]);
    expect(seam.actedSince(["job.remove"], "c", before)).toBe(0);
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
    const { text } = exportRecords([...store.records()], "markdown");
    expect(text.split("\n").filter((line) => line !== "")).toHaveLength(3);
    expect(text).not.toMatch(/<script|`|\]\(/);
  });

  test("NDJSON has a record a line", async () => {
    const { store, act } = stage();
    const id = await act("job.retry", { reason: "line\u2028break\n" });
    const { text } = exportRecords([...store.records()], "ndjson");
    expect(
      text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).id),
    ).toEqual([id]);
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
