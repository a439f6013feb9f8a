import { jobList } from "@spillway/contract/schemas";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { problemOf, startApp } from "../../app.fixture.ts";

/** What would take a matcher that goes back over its steps longer than anybody waits. */
const COSTLY = [
  "(a+)+$",
  "(a|aa)+b",
  "^(([a-z])+.)+[A-Z]([a-z])+$",
  ".*.*.*.*x",
  "[",
  "\\",
  "*",
  "%_%",
  "a".repeat(256),
];
const LONG = "a".repeat(20_000);

const payloadOf = (i: number) => ({ text: `${LONG}${i}${COSTLY[i % COSTLY.length]}` });

async function world() {
  const app = await startApp();
  for (let i = 0; i < 60; i++) app.engine.add("letters", "send", payloadOf(i), { id: `job-${i}` });
  const search = async (queue: string, query: Record<string, string>) => {
    const path = `/api/queues/${queue}/jobs?${new URLSearchParams({ size: "200", ...query })}`;
    const list = jobList.parse(await app.json(path));
    return list.kind === "scan" ? list : expect.fail("a page, not a scan");
  };
  return { ...app, search };
}

describe("attack 17: costly searches", () => {
  test.each(["q", "task", "job_id"])(
    "a pattern of %s beyond 256 characters is refused by name",
    async (field) => {
      const { send } = await world();
      const path = `/api/queues/letters/jobs?${field}=${"a".repeat(257)}`;
      const problem = await problemOf(await send(path), 400);
      expect(problem.issues?.map(({ path }) => path)).toEqual([field]);
    },
  );

  test.each(COSTLY)("%s is a text and nothing else, and each job is looked through once", async (pattern) => {
    const { search } = await world();
    const { items, scanned, complete } = await search("letters", { q: pattern });
    const holding = Array.from({ length: 60 }, (_, i) => i).filter((i) =>
      JSON.stringify(payloadOf(i)).toLowerCase().includes(pattern.toLowerCase()),
    );
    expect({ scanned, complete }).toEqual({ scanned: 60, complete: true });
    expect(items.map(({ id }) => id).sort()).toEqual(holding.map((i) => `job-${i}`).sort());
  });

  test("any text finds what holds it, upper case or lower", async () => {
    const { search, engine } = await world();
    const word = fc.string({
      minLength: 1,
      maxLength: 12,
      unit: fc.constantFrom(...Array.from("ab(+*$.[]\\|^?")),
    });
    await fc.assert(
      fc.asyncProperty(word, async (text) => {
        engine.add("fuzz", text, {});
        const { items } = await search("fuzz", { task: text.toUpperCase() });
        expect(items.map(({ task }) => task)).toContain(text);
        expect(items.every(({ task }) => task.toLowerCase().includes(text.toLowerCase()))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
