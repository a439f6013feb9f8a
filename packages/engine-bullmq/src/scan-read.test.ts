import type { QueueEngine, ScanField, ScanRow } from "@spillway/engine";
import { describe, expect, it } from "vitest";
import { createWorld, type World, withoutRedis } from "../test/world.ts";
import { createBullmqEngine } from "./engine.ts";

const FRAMES = "\n    at charge (/srv/app/src/pay.ts:1:2)\n    at run (/srv/app/src/run.ts:3:4)";
const of = (name: string, message: string) => ({
  failedReason: message,
  stacktrace: JSON.stringify([`Error: earlier","${FRAMES}`, `${name}: ${message}${FRAMES}`]),
});

/** What failed jobs may hold, each with what it is. */
const ODD: Record<string, Record<string, string>> = {
  plain: of("TimeoutError", "no answer from 10.0.3.7"),
  again: of("TimeoutError", "no answer from 10.0.3.8"),
  "other class": of("HttpError", "no answer from 10.0.3.7"),
  "two colons": of("Outer", "Inner: what it says"),
  quotes: of("TypeError", 'reading "total" of "x","y"'),
  escapes: of("SyntaxError", "line one\nline two\tand \\n a backslash"),
  "other script": of("Fehler", "größer als erlaubt 🚀 東京"),
  "no class": { failedReason: "just words", stacktrace: JSON.stringify([`just words${FRAMES}`]) },
  "a class with a code": of("AssertionError [ERR_ASSERTION]", "3 == 4"),
  "not its own stack": { failedReason: "job stalled", stacktrace: of("A", "b").stacktrace ?? "" },
  "empty message": of("EmptyError", ""),
  "message is the class": { failedReason: "Timeout", stacktrace: JSON.stringify([`Timeout${FRAMES}`]) },
  "no stack": { failedReason: "null", stacktrace: "[]" },
  "stack without frames": { failedReason: "x", stacktrace: JSON.stringify(["RangeError: x"]) },
  "no message": { stacktrace: JSON.stringify([`KeyError: gone${FRAMES}`]) },
  "long message": of("LongError", "x".repeat(6_000)),
  "long stack": of("DeepError", `deep${FRAMES.repeat(100)}`),
  "cut in the middle": { failedReason: "oh", stacktrace: '["Error: oh\\n    at f (/a' },
  "no JSON": { failedReason: "oh", stacktrace: "nonsense" },
  nothing: {},
};

async function fail(world: World, jobs: Record<string, Record<string, string>>): Promise<void> {
  const pipeline = world.redis.pipeline().hset("bull:billing:meta", "version", "bullmq:6.7.0");
  for (const [i, [id, fields]] of Object.entries(jobs).entries()) {
    const finishedOn = 1_700_000_000_000 + i;
    const rest = { name: "charge", data: `{"i":${i}}`, opts: "{}", timestamp: 1, finishedOn };
    pipeline.hset(`bull:billing:${id}`, { ...rest, ...fields }).zadd("bull:billing:failed", finishedOn, id);
  }
  await pipeline.exec();
}

async function rows(
  engine: QueueEngine,
  fields: readonly ScanField[] = ["task", "error", "finished", "payload"],
): Promise<ScanRow[]> {
  const found: ScanRow[] = [];
  for await (const batch of engine.scan("billing", { states: ["failed"], fields, order: "oldest" }))
    found.push(...batch.rows);
  return found;
}

/** How often a command ran on a Redis. */
async function calls(world: World, command: string): Promise<number> {
  const stats = await world.redis.info("commandstats");
  return Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
}

describe.skipIf(withoutRedis)("reading for a walk", () => {
  it("tells of each error what a list tells", async () => {
    await using world = await createWorld();
    await fail(world, ODD);
    await using engine = createBullmqEngine({ url: world.server.url });
    const page = { offset: 0, limit: 100, order: "oldest" } as const;
    const list = (await engine.listJobs("billing", "failed", page)).rows;
    const found = await rows(engine);
    expect(found.map(({ id }) => id)).toEqual(Object.keys(ODD));
    for (const [i, { id, error, finishedAt, payloadHead }] of list.entries()) {
      const row = found[i];
      expect(row).toMatchObject({ id, task: "charge", finishedAt, payload: payloadHead });
      expect([id, row?.error?.name, row?.error?.message]).toEqual([id, error?.name, error?.message]);
      // What comes before the first frame may be left out.
      const stack = row?.error?.stack ?? null;
      const isEnd = stack === null ? (error?.stack ?? null) === null : error?.stack?.endsWith(stack);
      expect([id, isEnd]).toEqual([id, true]);
    }
  });

  it("reads small jobs by SORT, and the same by script where that is not allowed", async () => {
    await using world = await createWorld();
    await fail(world, ODD);
    await world.redis.call("ACL", "SETUSER", "plain", "on", ">pw", "~*", "&*", "+@all", "-sort_ro");
    await using sorting = createBullmqEngine({ url: world.server.url });
    await using scripted = createBullmqEngine({ url: world.server.url.replace("//", "//plain:pw@") });
    const all = await rows(scripted, ["task", "payload", "times"]);
    expect(await calls(world, "sort_ro")).toBe(0);
    expect(all).toHaveLength(Object.keys(ODD).length);
    expect(await rows(sorting, ["task", "payload", "times"])).toEqual(all);
    expect(await calls(world, "sort_ro")).toBe(1);
  });

  it("sends nothing that was not measured, and reads the jobs beside it", async () => {
    await using world = await createWorld();
    const megabytes = "x".repeat(8 * 1024 * 1024);
    await fail(world, {
      before: of("TimeoutError", "no answer"),
      stack: { failedReason: "big", stacktrace: JSON.stringify([`Error: big\n${megabytes}`]) },
      message: { failedReason: megabytes },
      payload: { ...of("TimeoutError", "no answer"), data: JSON.stringify({ megabytes }) },
      after: of("TimeoutError", "no answer"),
    });
    await world.redis
      .set("bull:billing:text", "no hash")
      .then(() => world.redis.zadd("bull:billing:failed", 1, "text"));
    await using engine = createBullmqEngine({ url: world.server.url });
    const found = await rows(engine);
    const payloads = await rows(engine, ["payload"]);
    // Of one whose message is huge nothing is read, if its error is asked for.
    for (const [i, { id, payload }] of payloads.entries())
      expect([id, found[i]?.payload]).toEqual([id, id === "message" ? null : payload]);
    expect(await calls(world, "sort_ro")).toBe(0);
    expect(found.map(({ id, error }) => [id, error?.name, error?.message])).toEqual([
      ["text", undefined, undefined],
      ["before", "TimeoutError", "no answer"],
      ["stack", null, "big"],
      ["message", undefined, undefined],
      ["payload", "TimeoutError", "no answer"],
      ["after", "TimeoutError", "no answer"],
    ]);
    const cut = found.find(({ id }) => id === "payload");
    expect([cut?.payloadTruncated, cut?.payload?.length]).toEqual([true, 65_536]);
  });

  it("reads by script where the prefix holds what a pattern takes for the id", async () => {
    await using world = await createWorld();
    const queue = world.queue("billing", "a*b");
    await queue.add("charge", { i: 1 }, { delay: 3_600_000 });
    await using engine = createBullmqEngine({ url: world.server.url, prefix: "a*b" });
    const found: ScanRow[] = [];
    for await (const batch of engine.scan("billing", { states: ["delayed"], fields: ["task", "payload"] }))
      found.push(...batch.rows);
    expect(found).toMatchObject([{ task: "charge", payload: '{"i":1}' }]);
    expect(await calls(world, "sort_ro")).toBe(0);
  });
});
