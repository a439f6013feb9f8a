import { expect, it } from "vitest";
import { type News, Switchboard } from "./switchboard.ts";
import type { LiveListener, LiveTransport } from "./transport.ts";

function stage() {
  const streams: { url: string; listener: LiveListener; closed: boolean }[] = [];
  const transport: LiveTransport = (url, listener) => {
    const stream = { url, listener, closed: false };
    streams.push(stream);
    return () => {
      stream.closed = true;
    };
  };
  const clock = { now: 0 };
  const board = new Switchboard(transport, "/api/events", () => clock.now);
  const enter = (queues: string[], anew: boolean) => {
    const heard: News[] = [];
    const leave = board.join({ queues, tell: (news) => heard.push(news) }, anew);
    return { heard, leave };
  };
  const join = (...queues: string[]) => enter(queues, false);
  const open = () => streams.filter(({ closed }) => !closed);
  const main = () => open().find(({ url }) => url === "/api/events")?.listener;
  return { clock, enter, join, open, main, urls: () => open().map(({ url }) => url) };
}

const hello = { kind: "event", name: "hello", data: '{"epoch":"e","seq":4}', id: "e:4" } as const;
const audit = { kind: "event", name: "audit", data: "{}", id: "e:5" } as const;
const metrics = (queue: string) => JSON.stringify({ queue, sample: {} });

it("opens one stream however many pages there are, and closes it with the last", () => {
  const { join, urls } = stage();
  const pages = Array.from({ length: 10 }, () => join());
  expect(urls()).toEqual(["/api/events"]);
  for (const { leave } of pages.slice(1)) leave();
  expect(urls()).toEqual(["/api/events"]);
  pages[0]?.leave();
  pages[0]?.leave();
  expect(urls()).toEqual([]);
  join();
  expect(urls()).toEqual(["/api/events"]);
});

it("tells every page everything, and one that joins late where the stream stands", () => {
  const { join, main } = stage();
  const first = join();
  main()?.opened();
  main()?.event("hello", hello.data, hello.id);
  const second = join();
  expect(second.heard).toEqual([{ kind: "opened" }, hello]);
  main()?.event("audit", "{}", "e:5");
  expect(first.heard).toEqual([{ kind: "opened" }, hello, audit]);
  expect(second.heard.at(-1)).toEqual(audit);
  const third = join();
  expect(third.heard.at(-1)).toMatchObject({ data: '{"epoch":"e","seq":5}', id: "e:5" });
});

it("says to all that it is broken, and greets nobody until it is open again", () => {
  const { join, main } = stage();
  const first = join();
  main()?.opened();
  main()?.broken();
  expect(first.heard.at(-1)).toEqual({ kind: "broken" });
  expect(join().heard).toEqual([]);
});

it("follows the queues that any page shows in one more stream, and tells each only its own", () => {
  const { join, open, urls } = stage();
  const a = join("a");
  const b = join("b", "a/ü");
  expect(urls()).toEqual([
    "/api/events",
    "/api/events?topic=queue%3Aa&topic=queue%3Aa%2F%C3%BC&topic=queue%3Ab",
  ]);
  const queues = open()[1]?.listener;
  queues?.event("hello", hello.data, hello.id);
  queues?.event("metrics", metrics("a"), "e:6");
  queues?.event("metrics", metrics("a/ü"), "e:7");
  expect(a.heard).toEqual([{ kind: "event", name: "metrics", data: metrics("a"), id: "" }]);
  expect(b.heard).toEqual([{ kind: "event", name: "metrics", data: metrics("a/ü"), id: "" }]);
  join("a");
  expect(open()).toHaveLength(2);
  expect(open()[1]?.listener).toBe(queues);
  b.leave();
  expect(urls()).toEqual(["/api/events", "/api/events?topic=queue%3Aa"]);
});

it("is opened again for a page that heard nothing, unless it spoke to others meanwhile", () => {
  const { clock, enter, join, open, main } = stage();
  const other = join("a");
  main()?.opened();
  const [first] = open();
  clock.now = 4_000;
  main()?.event("audit", "{}", "e:5");
  clock.now = 8_000;
  enter([], true).leave();
  expect(open()[0]).toBe(first);
  clock.now = 30_000;
  enter([], true);
  expect(first?.closed).toBe(true);
  expect(open()).toHaveLength(2);
  main()?.opened();
  expect(other.heard.at(-1)).toEqual({ kind: "opened" });
});
