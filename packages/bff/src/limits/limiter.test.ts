import { afterEach, describe, expect, test } from "vitest";
import { type AppOptions, problemOf, startApp } from "../app.fixture.ts";
import type { Actor, Authenticator } from "../auth/index.ts";
import type { Limits } from "./limits.ts";

const LIMITS: Limits = {
  reads: { perSecond: 5, burst: 20 },
  searches: { perSecond: 2, burst: 4 },
  writes: { perSecond: 1, burst: 3 },
  streams: 2,
  sharers: 3,
};
const SEARCH = "/api/queues/letters/jobs?q=x";

/** Knows people by a header. */
const byHeader: Authenticator = {
  mode: "host",
  remedy: "Say who.",
  challenge: "Who",
  async identify(request) {
    const id = request.headers.get("X-Who");
    if (id === null) return null;
    const actor: Actor = { id, name: id, verified: true, roles: ["admin"], auth: "host", session: id };
    return actor;
  },
};

let close: () => PromiseLike<void> = async () => undefined;
afterEach(() => close());

/** A console that believes a header about where a request is from. */
async function world(deps: AppOptions["deps"] = {}) {
  const told: unknown[] = [];
  const log = {
    info: () => undefined,
    error: () => undefined,
    warn: (...what: unknown[]) => told.push(what),
  };
  let from: string | null = "10.0.0.1";
  const peerAddress = () => from;
  const app = await startApp({
    config: { limits: LIMITS },
    deps: { authenticator: byHeader, peerAddress, log, ...deps },
  });
  close = app.close;
  app.engine.defineQueue("letters");
  const as = (who: string) => ({ headers: { "X-Who": who } });
  const statuses = async (times: number, ask: () => Promise<Response>) => {
    const found: Record<number, number> = {};
    for (let i = 0; i < times; i++) {
      const { status } = await ask();
      found[status] = (found[status] ?? 0) + 1;
    }
    return found;
  };
  const pause = (who: string) => app.post("/api/queues/letters/pause", {}, { "X-Who": who });
  return { ...app, told, as, statuses, pause, moveTo: (address: string | null) => (from = address) };
}

describe("attack 20: floods", () => {
  test("three exports of one person are made at once, of others theirs", async () => {
    const { send, as, engine } = await world();
    for (let i = 0; i < 5_000; i++) engine.add("letters", "send", {});
    const path = "/api/queues/letters/export";
    const open = await Promise.all([1, 2, 3].map(() => send(path, as("ana"))));
    expect(open.map(({ status }) => status)).toEqual([200, 200, 200]);
    const fourth = await send(path, as("ana"));
    expect((await problemOf(fourth, 429)).detail).toContain("3 exports of yours are under way");
    const { total_matching: recorded } = await (
      await send("/api/audit?action=queue.export", as("dan"))
    ).json();
    expect(recorded).toBe(3);
    const other = await send(path, as("ben"));
    expect(other.status).toBe(200);
    await open[0]?.body?.cancel();
    const again = await send(path, as("cem"));
    expect(again.status).toBe(200);
    for (const one of [...open.slice(1), other, again]) await one.body?.cancel();
  });

  test("of searches, actions and reads are refused to who sends them, by what each costs", async () => {
    const { send, as, statuses, pause } = await world();
    expect(await statuses(10, () => send(SEARCH, as("mallory")))).toEqual({ 200: 4, 429: 6 });
    expect(await statuses(10, () => pause("mallory"))).toEqual({ 200: 3, 429: 7 });
    expect(await statuses(25, () => send("/api/session", as("mallory")))).toEqual({ 200: 20, 429: 5 });
    expect(await statuses(3, () => send(SEARCH, as("ana")))).toEqual({ 200: 3 });
    expect(await statuses(3, () => pause("ana"))).toEqual({ 200: 3 });
  });

  test("of looks through the whole audit count as searches", async () => {
    const { send, as, statuses } = await world();
    expect(await statuses(10, () => send("/api/audit", as("mallory")))).toEqual({ 200: 4, 429: 6 });
  });

  test("are told when to come again, and may", async () => {
    const { send, as, statuses, clock } = await world();
    await statuses(4, () => send(SEARCH, as("mallory")));
    const reply = await send(SEARCH, as("mallory"));
    expect(reply.headers.get("Retry-After")).toBe("1");
    expect(await problemOf(reply, 429)).toMatchObject({
      code: "rate_limited",
      detail: "Too many searches at once: 2 a second are answered for one person.",
    });
    await clock.advance(1_000);
    expect(await statuses(5, () => send(SEARCH, as("mallory")))).toEqual({ 200: 2, 429: 3 });
  });

  test("of an address end before anybody is looked up, and others and health go on", async () => {
    let looks = 0;
    const counting: Authenticator = {
      ...byHeader,
      identify(request, bindings) {
        looks += 1;
        return byHeader.identify(request, bindings);
      },
    };
    const { send, as, statuses, moveTo } = await world({ authenticator: counting });
    expect(await statuses(100, () => send("/api/session"))).toEqual({ 401: 60, 429: 40 });
    expect(looks).toBe(60);
    expect(await statuses(5, () => send("/nowhere"))).toEqual({ 429: 5 });
    expect(await statuses(100, () => send("/livez"))).toEqual({ 200: 100 });
    expect(await statuses(100, () => send("/readyz"))).toEqual({ 200: 100 });
    moveTo("10.0.0.2");
    expect((await send("/api/session", as("ana"))).status).toBe(200);
  });

  test("under names that nobody checked count for their address", async () => {
    const { send, statuses, moveTo } = await world({ authenticator: undefined as never });
    let number = 0;
    const ask = () => send(SEARCH, { headers: { Cookie: `spillway_name=m${number++}` } });
    expect(await statuses(10, ask)).toEqual({ 200: 4, 429: 6 });
    moveTo("2001:db8:1:2::1");
    expect(await statuses(4, ask)).toEqual({ 200: 4 });
    moveTo("2001:db8:1:2:ffff::9");
    expect(await statuses(4, ask)).toEqual({ 429: 4 });
  });

  test("are logged once a minute", async () => {
    const { send, as, statuses, told, clock } = await world();
    await statuses(50, () => send("/api/session", as("mallory")));
    expect(told).toHaveLength(1);
    await clock.advance(61_000);
    await statuses(50, () => send("/api/session", as("mallory")));
    expect(told).toHaveLength(2);
  });
});

describe("live streams", () => {
  test("attack 20: are open for one person so often, and count once however long they are read", async () => {
    const { send, as, statuses } = await world();
    const open = () => send("/api/events", as("ana"));
    const first = await open();
    const reader = first.body?.getReader();
    for (let i = 0; i < 2; i++) await reader?.read();
    const second = await open();
    const third = await open();
    expect(third.headers.get("Retry-After")).toBe("15");
    expect(await problemOf(third, 429)).toMatchObject({
      code: "rate_limited",
      detail: expect.stringContaining("open for you in 2 places"),
    });
    expect((await send("/api/events", as("bo"))).status).toBe(200);
    await reader?.cancel();
    expect((await open()).status).toBe(200);
    await second.body?.cancel();
    expect(await statuses(3, () => send("/api/events", { ...as("cy"), method: "HEAD" }))).toEqual({ 200: 3 });
  });

  test("attack 20: of one address are bounded too", async () => {
    const { send, as, moveTo } = await world();
    const opened = [];
    for (const who of ["a", "b", "c", "d"])
      for (let i = 0; i < 2; i++) opened.push((await send("/api/events", as(who))).status);
    expect(opened).toEqual([200, 200, 200, 200, 200, 200, 429, 429]);
    moveTo("10.0.0.2");
    expect((await send("/api/events", as("d"))).status).toBe(200);
  });
});

test("attack 18: an address or headers beyond all reason are not looked at", async () => {
  const { send, as } = await world();
  await problemOf(await send(`/api/queues?q=${"x".repeat(8_200)}`, as("ana")), 414);
  const headers = Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`x-${i}`, "1"]));
  await problemOf(await send("/api/queues", { headers }), 431);
});
