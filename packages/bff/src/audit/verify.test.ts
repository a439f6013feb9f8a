import { createVerifier, isIntact, type Verdict, verdictWords } from "@spillway/contract/audit";
import { createManualClock } from "@spillway/engine-embedded";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memorySink, sha256, silent } from "../app.fixture.ts";
import { toCsv } from "./csv.ts";
import { exportRecords } from "./exports.ts";
import { exportNdjson } from "./ndjson.ts";
import { ownIntent } from "./seam.ts";
import { AuditStore } from "./store.ts";

const RECORDS = 30;
const DONE = {
  status: "success",
  affected: 1,
  skipped: null,
  failed: 0,
  error: null,
  details: { to: "x" },
} as const;

/** An audit of some records, some found out later, one still open; as sinks have it, and as it is exported. */
async function stage(capacity = 1_000) {
  const clock = createManualClock(Date.UTC(2026, 10, 23, 14));
  const lines: string[] = [];
  const store = new AuditStore({ clock, log: silent, sha256, capacity, sinks: [memorySink(lines)] });
  const late: string[] = [];
  for (let i = 0; i < RECORDS; i++) {
    const queue = i % 3 === 0 ? "letters" : "parcels";
    const { id } = store.begin(
      ownIntent("job.retry", "system", { queue, job_id: `${i}`, reason: "line\u2028\nbreak" }),
    );
    if (i % 10 === 9) late.push(id);
    await store.complete(id, "outcome", i % 10 === 9 ? { ...DONE, status: "unknown" } : DONE);
    await clock.advance(1_000);
  }
  for (const id of late) await store.complete(id, "resolution", DONE);
  store.begin(ownIntent("queue.drain", "system"));
  await clock.advance(1);
  const exported = async (queue?: string) => {
    const records = [...store.records()].filter((record) => queue === undefined || record.queue === queue);
    const { texts } = exportNdjson(records, { audit: store, head: store.head(), sha256, now: clock.now() });
    return (await textOf(texts)).split("\n").slice(0, -1);
  };
  return { store, lines, exported, head: store.chain().head };
}

const textOf = async (texts: AsyncIterable<string>) => (await Array.fromAsync(texts)).join("");

function verify(
  lines: readonly string[],
  { head = null, isTorn = false }: { head?: string | null; isTorn?: boolean } = {},
): Verdict {
  const verifier = createVerifier({ sha256, head });
  for (const line of lines) verifier.add(line);
  return verifier.end(isTorn);
}

/** The same line with one character changed, so that it says something else. */
function flipped(line: string, at: number): string {
  const i = at % line.length;
  return `${line.slice(0, i)}${line[i] === "7" ? "8" : "7"}${line.slice(i + 1)}`;
}

const { lines, head, exported, store } = await stage();
const whole = await exported();
const some = await exported("letters");
const none = await exported("nowhere");
const index = (list: readonly string[]) => fc.nat({ max: list.length - 1 });

describe("an audit file", () => {
  test("that is as it was written is intact, and says up to where", () => {
    const verdict = verify(lines, { head });
    expect(verdict).toMatchObject({ form: "file", records: RECORDS + 1, entries: 64, bad: null });
    expect(verdictWords(verdict)).toEqual([
      "31 records, chain intact from 2026-11-23T14:00:00.000Z to 2026-11-23T14:00:30.000Z.",
      `Entries 1 to 64. Head: ${head}`,
      "Intents without an outcome: 1.",
      expect.stringContaining("written anew as a whole"),
    ]);
  });

  test("with any one character changed is found, on the line it is on", () => {
    fc.assert(
      fc.property(index(lines), fc.nat(), (at, place) => {
        const line = lines[at] ?? "";
        const changed = lines.with(at, flipped(line, place));
        const { bad } = verify(changed, { head });
        // A changed hash of one entry is no different from a changed link of the next.
        expect([at + 1, at + 2]).toContain(bad?.line);
      }),
      { numRuns: 500 },
    );
  });

  test("without one of its lines is found, unless it is the first: then it says that it begins later", () => {
    for (let at = 1; at < lines.length; at++) {
      const { bad } = verify(lines.toSpliced(at, 1), { head });
      expect(bad).toMatchObject({
        line: at + 1,
        why: expect.stringMatching(/should follow|head that was noted/),
      });
    }
    expect(verify(lines.slice(1), { head }).notes[0]).toContain("begins with entry 2");
  });

  test("in another order is found", () => {
    fc.assert(
      fc.property(index(lines), index(lines), (a, b) => {
        fc.pre(a !== b);
        const changed = lines.with(a, lines[b] ?? "").with(b, lines[a] ?? "");
        expect(verify(changed, { head }).bad?.line).toBeLessThanOrEqual(Math.max(a, b) + 1);
      }),
    );
  });

  test("that was cut off is found by a head noted elsewhere, and in the middle of a line without one", () => {
    for (let kept = 1; kept < lines.length; kept++) {
      const cut = lines.slice(0, kept);
      expect(verify(cut, { head }).bad).toMatchObject({
        line: kept + 1,
        why: expect.stringContaining("head"),
      });
      expect(verify(cut).bad).toBeNull();
      const half = [...cut, lines[kept]?.slice(0, 30) ?? ""];
      expect(verify(half, { isTorn: true }).bad).toMatchObject({
        line: kept + 1,
        why: expect.stringContaining("breaks off"),
      });
    }
  });

  test("names the record in which it does not fit", () => {
    const entry = JSON.parse(lines[10] ?? "");
    const changed = lines.with(10, JSON.stringify({ ...entry, body: { ...entry.body, reason: "none" } }));
    expect(verdictWords(verify(changed))).toEqual([
      `Line 11, record ${entry.id}: its content does not match its hash.`,
      "10 entries before it fit together, up to entry 10.",
    ]);
  });
});

describe("an NDJSON export", () => {
  test("has a record a line, and the last says where the chain was", () => {
    const ids = whole.map((line) => JSON.parse(line).id);
    expect(ids).toEqual([...store.records()].map(({ id }) => id));
    expect(JSON.parse(whole.at(-1) ?? "").export).toMatchObject({
      records: 31,
      entries: 64,
      gapless: true,
      head: { seq: 64, hash: head },
    });
    expect(verify(whole, { head })).toMatchObject({
      form: "export",
      records: 31,
      entries: 64,
      leftOut: 0,
      bad: null,
    });
  });

  test("of some records is intact though others lie between", () => {
    const verdict = verify(some, { head });
    expect(verdict).toMatchObject({ form: "export", records: 10, bad: null });
    expect(verdict.leftOut).toBeGreaterThan(0);
    expect(verdictWords(verdict)[0]).toMatch(/^10 records, none altered, from /);
  });

  test("of nothing says so in one line, and is as it was exported", () => {
    expect(none).toHaveLength(1);
    expect(JSON.parse(none[0] ?? "")).toEqual({
      export: expect.objectContaining({
        records: 0,
        entries: 0,
        gapless: false,
        head: { seq: 64, hash: head },
      }),
    });
    const verdict = verify(none, { head });
    expect(verdict).toMatchObject({ form: "export", records: 0, entries: 0, head: null, bad: null });
    expect(verdictWords(verdict)[0]).toBe("0 records: nothing matched, as its one line says.");
    expect(verify(none, { head: "0".repeat(64) }).bad).toMatchObject({
      line: 2,
      why: expect.stringContaining("head"),
    });
  });

  test("does not become one of nothing by losing its records, and other exports are none of the audit", () => {
    const { export: seal } = JSON.parse(whole.at(-1) ?? "");
    expect(verify([JSON.stringify({ export: seal })]).bad).toMatchObject({
      why: "the export had 31 records, here are 0",
    });
    expect(isIntact(verify([...whole.slice(0, -1), JSON.stringify({ export: seal })]))).toBe(false);
    for (const other of [[], [JSON.stringify({ id: "job-1" })]])
      expect(verify([...other, JSON.stringify({ export: { queue: null, samples: 0 } })]).form).toBe(
        "nothing",
      );
  });

  test("after evictions is intact", async () => {
    const { exported: late, store: small } = await stage(10);
    expect(small.holds().evicted).toBe(21);
    expect(verify(await late(), { head: small.chain().head })).toMatchObject({ records: 10, bad: null });
  });

  test.each([
    ["all", whole],
    ["some", some],
    ["none", none],
  ])("changed, shortened, lengthened or in another order is found: %s", (_, good) => {
    const isFound = (changed: readonly string[]) => expect(isIntact(verify(changed))).toBe(false);
    fc.assert(
      fc.property(index(good), index(good), fc.nat(), (a, b, place) => {
        isFound(good.with(a, flipped(good[a] ?? "", place)));
        isFound(good.toSpliced(a, 1));
        isFound(good.slice(0, a));
        isFound(good.toSpliced(a, 0, good[b] ?? ""));
        if (a !== b) isFound(good.with(a, good[b] ?? "").with(b, good[a] ?? ""));
      }),
      { numRuns: 200 },
    );
  });

  test("whose record was changed names it", () => {
    const record = JSON.parse(whole[4] ?? "");
    const changed = whole.with(4, JSON.stringify({ ...record, status: "failed" }));
    expect(verify(changed).bad).toEqual({
      line: 5,
      id: record.id,
      why: "it does not say what its entries say",
    });
  });
});

test("a table carries no chain, and says so", async () => {
  const records = [...store.records()];
  for (const text of [toCsv(records), await textOf(exportRecords(records, "markdown").texts)]) {
    const verdict = verify(text.split("\n"));
    expect(verdictWords(verdict)).toEqual([expect.stringContaining("carries no chain")]);
  }
  expect(verdictWords(verify(["hello"]))).toEqual([expect.stringContaining("no audit entry")]);
  expect(verdictWords(verify([]))).toEqual([expect.stringContaining("no audit entry")]);
});
