import type { Sample } from "@spillway/contract/schemas";
import { createManualClock } from "@spillway/engine-embedded";
import fc from "fast-check";
import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { createHub, type EventHub } from "./hub.ts";
import { eventsHandler } from "./stream.ts";

const sample = { timestamp: "", gap: true } as unknown as Sample;

function stage(options: { ring?: { events: number; bytes: number } } = {}) {
  const clock = createManualClock(Date.UTC(2026, 10, 23));
  let serialized = 0;
  const serialize = (data: unknown): string => {
    serialized++;
    return JSON.stringify(data);
  };
  const hub = createHub({ clock, epoch: "e", serialize, ...options });
  const takeSerialized = (): number => {
    const was = serialized;
    serialized = 0;
    return was;
  };
  return { clock, hub, takeSerialized };
}

function publish(hub: EventHub, number: number, topic = "metrics"): void {
  hub.publish("metrics", { queue: `n${number}`, sample }, topic);
}

interface Told {
  event: string;
  id: string | null;
  data: unknown;
}

/** What a browser would make of these bytes. */
function parse(bytes: Uint8Array): Told | null {
  const fields = new Map(
    new TextDecoder()
      .decode(bytes)
      .split("\n")
      .map((line) => [line.slice(0, line.indexOf(": ")), line.slice(line.indexOf(": ") + 2)]),
  );
  const event = fields.get("event");
  if (event === undefined) return null;
  return { event, id: fields.get("id") ?? null, data: JSON.parse(fields.get("data") ?? "null") };
}

/** A take that waits for the next event: it would swallow it if it were forgotten. */
const waiting = new WeakMap<object, Promise<Uint8Array | null>>();

/** Reads up to `most` events, less if the stream has no more now. */
async function read(subscription: ReturnType<EventHub["subscribe"]>, most: number): Promise<Told[]> {
  const told: Told[] = [];
  while (told.length < most) {
    const next = waiting.get(subscription) ?? subscription.take();
    waiting.set(subscription, next);
    const bytes = await Promise.race([next, Promise.resolve().then(() => Promise.resolve())]);
    if (!(bytes instanceof Uint8Array)) break;
    waiting.delete(subscription);
    const event = parse(bytes);
    if (event !== null) told.push(event);
  }
  return told;
}

function numbers(told: readonly Told[]): string[] {
  return told.flatMap(({ event, data }) => (event === "metrics" ? [(data as { queue: string }).queue] : []));
}

describe("the hub", () => {
  test("says hello first, then what happens, in order and with an id", async () => {
    const { hub } = stage();
    publish(hub, 1);
    const subscription = hub.subscribe({ topics: [], lastEventId: null });
    publish(hub, 2);
    const told = await read(subscription, 9);
    expect(told.map(({ event, id }) => [event, id])).toEqual([
      ["hello", "e:1"],
      ["metrics", "e:2"],
    ]);
    expect(told[0]?.data).toEqual({ epoch: "e", seq: 1 });
  });

  test("loses no event over 500 cuts at random places", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ publish: fc.nat(12), read: fc.nat(9) }), { minLength: 5, maxLength: 5 }),
        async (rounds) => {
          const { hub } = stage();
          let lastEventId: string | null = null;
          let published = 0;
          const seen: string[] = [];
          for (const round of [...rounds, { publish: 0, read: 1000 }]) {
            const subscription = hub.subscribe({ topics: [], lastEventId });
            const before = await read(subscription, Math.floor(round.read / 2));
            for (let i = 0; i < round.publish; i++) publish(hub, published++);
            const told = [...before, ...(await read(subscription, Math.ceil(round.read / 2)))];
            // A client that got nothing at all begins anew: it reads the pictures by GET.
            if (told.length === 0 && lastEventId === null) seen.push(...range(seen.length, published));
            if (told.length === 0 && lastEventId === null) lastEventId = `e:${published}`;
            seen.push(...numbers(told));
            lastEventId = told.at(-1)?.id ?? lastEventId;
            expect(told.some(({ event }) => event === "resync")).toBe(false);
            subscription.leave();
          }
          expect(seen).toEqual(range(0, published));
        },
      ),
      { numRuns: 100 },
    );
  });

  test("says resync when what was missed is gone, or was another process's", async () => {
    const { hub } = stage({ ring: { events: 10, bytes: 1e6 } });
    for (let i = 1; i <= 30; i++) publish(hub, i);
    for (const lastEventId of ["e:5", "f:29", "e:31", "e:-1", "nonsense", "e:2.5"]) {
      const told = await read(hub.subscribe({ topics: [], lastEventId }), 9);
      expect(told.map(({ event, id }) => [event, id])).toEqual([
        ["hello", "e:30"],
        ["resync", "e:30"],
      ]);
    }
    const kept = await read(hub.subscribe({ topics: [], lastEventId: "e:20" }), 99);
    expect(numbers(kept)).toEqual(range(21, 31));
  });

  test("a slow client gets one resync and what comes after it, and holds nothing up", async () => {
    const { hub } = stage();
    const slow = hub.subscribe({ topics: [], lastEventId: null });
    const fast = hub.subscribe({ topics: [], lastEventId: null });
    const heard: Told[] = [];
    for (let i = 1; i <= 300; i++) {
      publish(hub, i);
      heard.push(...(await read(fast, 9)));
    }
    expect(numbers(heard)).toEqual(range(1, 301));
    const told = await read(slow, 999);
    expect(told.map(({ event, id }) => [event, id])).toEqual([
      ["hello", "e:0"],
      ["resync", "e:300"],
    ]);
    publish(hub, 301);
    expect(numbers(await read(slow, 9))).toEqual(["n301"]);
  });

  test("a client behind by a megabyte is slow too", async () => {
    const { hub } = stage();
    const slow = hub.subscribe({ topics: [], lastEventId: null });
    for (let i = 0; i < 12; i++) hub.publish("resync", { reason: "x".repeat(100_000) });
    expect((await read(slow, 99)).length).toBe(2);
  });

  test("serializes once for a hundred clients", async () => {
    const { hub, takeSerialized } = stage();
    const clients = range(0, 100).map(() => hub.subscribe({ topics: [], lastEventId: null }));
    takeSerialized();
    for (let i = 0; i < 50; i++) publish(hub, i);
    for (const client of clients) expect(await read(client, 99)).toHaveLength(51);
    expect(takeSerialized()).toBe(50);
  });

  test("tells only what was asked for, and single queues only to those who look", async () => {
    const { clock, hub, takeSerialized } = stage();
    publish(hub, 1, "queue:a");
    expect(takeSerialized()).toBe(0);
    const all = hub.subscribe({ topics: [], lastEventId: null });
    const one = hub.subscribe({ topics: ["queue:a"], lastEventId: null });
    publish(hub, 2, "queue:a");
    publish(hub, 3, "queue:b");
    publish(hub, 4);
    expect(numbers(await read(all, 9))).toEqual(["n4"]);
    expect(numbers(await read(one, 9))).toEqual(["n2"]);
    one.leave();
    publish(hub, 5, "queue:a");
    expect(numbers(await read(hub.subscribe({ topics: ["queue:a"], lastEventId: "e:1" }), 9))).toEqual([
      "n5",
    ]);
    await clock.advance(10);
    const stranger = await read(hub.subscribe({ topics: ["queue:b"], lastEventId: "e:1" }), 9);
    expect(stranger.map(({ event }) => event)).toEqual(["hello", "resync"]);
  });

  test("keeps of names that many make up no more than a thousand", async () => {
    const { hub, takeSerialized } = stage();
    const named = (i: number): string[] => Array.from({ length: 20 }, (_, n) => `queue:made-up-${i}-${n}`);
    for (let i = 0; i < 200; i++) hub.subscribe({ topics: named(i), lastEventId: null }).leave();
    takeSerialized();
    for (let i = 0; i < 200; i++) for (const topic of named(i)) publish(hub, i, topic);
    expect(takeSerialized()).toBe(1_000);
  });

  test("beats for who wants little while much else happens, drops nobody for it, and has them miss nothing", async () => {
    const { clock, hub } = stage({ ring: { events: 10, bytes: 1_000_000 } });
    hub.subscribe({ topics: [], lastEventId: null });
    const narrow = hub.subscribe({ topics: ["queue:b"], lastEventId: null });
    await read(narrow, 1);
    for (let round = 0; round < 5; round++) {
      const beat = narrow.take();
      for (let i = 0; i < 20; i++) publish(hub, i);
      await clock.advance(15_000);
      expect(new TextDecoder().decode((await beat) ?? undefined)).toBe(": still here\n\n");
    }
    publish(hub, 1, "queue:b");
    expect((await read(narrow, 9)).map(({ event }) => event)).toEqual(["metrics"]);
  });

  test("beats every 15 s, drops who is dead, and says bye", async () => {
    const { clock, hub } = stage();
    const idle = hub.subscribe({ topics: [], lastEventId: null });
    hub.subscribe({ topics: [], lastEventId: null });
    await read(idle, 1);
    const beat = idle.take();
    await clock.advance(15_000);
    expect(new TextDecoder().decode((await beat) ?? undefined)).toBe(": still here\n\n");
    expect(hub.clients).toBe(2);
    for (let i = 0; i < 4; i++) {
      const next = idle.take();
      await clock.advance(15_000);
      await next;
    }
    expect(hub.clients).toBe(1);
    hub[Symbol.dispose]();
    expect((await read(idle, 9)).map(({ event }) => event)).toEqual(["bye"]);
    expect(await idle.take()).toBeNull();
  });
});

describe("the stream", () => {
  test("is an event stream over HTTP that ends when its reader goes", async () => {
    const { hub } = stage();
    const stream = eventsHandler(hub);
    const looking = { begin: () => () => undefined, whenEnded: () => undefined };
    const app = new Hono().get("/api/events", (c) => stream(c, looking));
    const gone = new AbortController();
    const reply = await app.request("/api/events?topic=metrics&topic=audit", { signal: gone.signal });
    expect(reply.headers.get("Content-Type")).toContain("text/event-stream");
    expect(reply.headers.get("Cache-Control")).toBe("no-cache, no-transform");
    expect(reply.headers.get("X-Accel-Buffering")).toBe("no");
    const reader = reply.body?.getReader();
    const text = async () => new TextDecoder().decode((await reader?.read())?.value);
    expect(await text()).toBe("retry: 3000\n\n");
    expect(await text()).toContain("event: hello");
    const next = text();
    publish(hub, 7);
    expect(await next).toContain("id: e:1\nevent: metrics\ndata: {");
    expect(hub.clients).toBe(1);
    gone.abort();
    expect(hub.clients).toBe(0);
    expect((await reader?.read())?.done).toBe(true);
  });
});

function range(from: number, to: number): string[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => `n${from + i}`);
}
