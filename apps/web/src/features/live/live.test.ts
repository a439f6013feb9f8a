import type { QueueSummary, Sample } from "@spillway/contract/schemas";
import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import {
  historyQuery,
  jobsQuery,
  operationQuery,
  operationsQuery,
  overviewQuery,
  queuesQuery,
  sessionQuery,
} from "../../api/queries.ts";
import { createLive } from "./live.ts";
import type { LiveListener, LiveTransport } from "./transport.ts";

/** A stream whose other end is held by the test. */
function scriptedTransport() {
  const opened: { url: string; listener: LiveListener; closed: boolean }[] = [];
  const transport: LiveTransport = (url, listener) => {
    const one = { url, listener, closed: false };
    opened.push(one);
    return () => {
      one.closed = true;
    };
  };
  const say = (name: Parameters<LiveListener["event"]>[0], data: unknown, id = "") =>
    opened.at(-1)?.listener.event(name, JSON.stringify(data), id);
  return { opened, transport, say };
}

function stage() {
  const client = new QueryClient();
  const { opened, transport, say } = scriptedTransport();
  const isThere = vi.fn(async () => false);
  const live = createLive({ client, transport, url: (topics) => topics.join(","), now: () => 1000, isThere });
  const asked: string[] = [];
  vi.spyOn(client, "invalidateQueries").mockImplementation(async (filters) => {
    asked.push(JSON.stringify(filters?.queryKey ?? "everything"));
  });
  return { client, opened, say, live, asked, isThere };
}

const queue = (name: string, waiting: number) => ({ name, counts: { waiting } }) as QueueSummary;
const setHidden = (hidden: boolean) => {
  Object.defineProperty(document, "visibilityState", {
    value: hidden ? "hidden" : "visible",
    configurable: true,
  });
  document.dispatchEvent(new Event("visibilitychange"));
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  setHidden(false);
});

it("replaces queues that changed and drops those that went", () => {
  const { client, say, live } = stage();
  client.setQueryData(queuesQuery().queryKey, { items: [queue("a", 1), queue("b", 2)], as_of: "t0" });
  live.start();
  say("queues", { as_of: "t1", changed: [queue("b", 9), queue("c", 3)], removed: ["a"] });
  expect(client.getQueryData(queuesQuery().queryKey)).toEqual({
    items: [queue("b", 9), queue("c", 3)],
    as_of: "t1",
  });
});

it("asks lists of a changed queue again, once in a while and not while they are held", () => {
  const { say, live, asked } = stage();
  live.start();
  const letGo = live.refresher.hold();
  for (let tick = 0; tick < 3; tick++)
    say("queues", { as_of: "t", changed: [queue("b", tick)], removed: [] });
  vi.advanceTimersByTime(10_000);
  expect(asked).toEqual([]);
  letGo();
  vi.advanceTimersByTime(10_000);
  expect(asked.filter((key) => key === JSON.stringify(jobsQuery("b", {}).queryKey.slice(0, 2)))).toHaveLength(
    1,
  );
  // The verdict beside the figures that came.
  expect(asked).toContain(JSON.stringify(["getQueue", { queue: "b" }]));
});

it("shows an operation as it is now wherever it is shown, and asks for its jobs again", () => {
  const { client, say, live, asked } = stage();
  const operation = (id: string, done: number, state = "running") => ({ id, queue: "b", done, state });
  client.setQueryData(operationsQuery().queryKey, {
    items: [operation("x", 1), operation("y", 0, "done")],
    total: 2,
  } as never);
  client.setQueryData(operationQuery("x").queryKey, operation("x", 1) as never);
  live.start();
  say("operation", operation("x", 7));
  expect(client.getQueryData(operationsQuery().queryKey)?.items.map(({ done }) => done)).toEqual([7, 0]);
  expect(client.getQueryData(operationQuery("x").queryKey)?.done).toBe(7);
  vi.advanceTimersByTime(10_000);
  expect(asked).toContain(JSON.stringify(["listOutcomes", { operation_id: "x" }]));
  expect(asked).toContain(JSON.stringify(["listJobs", { queue: "b" }]));
  expect(asked).not.toContain(JSON.stringify(["listOperations"]));
  say("operation", operation("x", 9, "done"));
  vi.advanceTimersByTime(10_000);
  expect(asked).toContain(JSON.stringify(["listOperations"]));
});

it("appends a tick to the open history it belongs to, whole length kept", () => {
  const { client, say, live } = stage();
  const options = { ...historyQuery({ limit: 2 }), initialData: undefined };
  const key = options.queryKey;
  client.setQueryData(key, {
    history: [{ timestamp: "1" }, { timestamp: "2" }] as Sample[],
    markers: [],
  } as never);
  const stop = client.getQueryCache().find({ queryKey: key });
  expect(stop).toBeDefined();
  vi.spyOn(client.getQueryCache(), "findAll").mockReturnValue(stop === undefined ? [] : [stop]);
  live.start();
  say("metrics", { queue: null, sample: { timestamp: "3" } });
  say("metrics", { queue: null, sample: { timestamp: "3" } });
  say("metrics", { queue: "other", sample: { timestamp: "4" } });
  expect(client.getQueryData(key)?.history.map((sample) => sample.timestamp)).toEqual(["2", "3"]);
});

it("brings the engine's state to the session and the overview", () => {
  const { client, say, live } = stage();
  client.setQueryData(sessionQuery().queryKey, { engine: { name: "Redis" } } as never, { updatedAt: 7 });
  client.setQueryData(overviewQuery().queryKey, { total_queues: 3 } as never);
  live.start();
  const status = { status: "down", cause: "down", detail: null, last_ok_at: null };
  say("engine", status);
  expect(client.getQueryData(sessionQuery().queryKey)?.engine.status).toEqual(status);
  // Its time of the server is that of when it was read.
  expect(client.getQueryState(sessionQuery().queryKey)?.dataUpdatedAt).toBe(7);
  expect(client.getQueryData(overviewQuery().queryKey)).toMatchObject({ total_queues: 3, engine: status });
});

it("reads everything again after a break, a restart or a resync, and not otherwise", () => {
  const { say, live, opened, asked } = stage();
  live.start();
  say("hello", { epoch: "e1", seq: 5 });
  say("audit", { id: "x", queue: null, job_id: null }, "e1:6");
  say("hello", { epoch: "e1", seq: 6 });
  expect(asked).toEqual([]);
  opened.at(-1)?.listener.broken();
  expect(live.state.get().status).toBe("disconnected");
  say("hello", { epoch: "e1", seq: 6 });
  expect(asked).toEqual(['"everything"']);
  say("hello", { epoch: "e2", seq: 0 });
  say("resync", { reason: "fell behind" });
  expect(asked).toHaveLength(3);
  expect(live.state.get()).toEqual({ status: "live", heardAt: 1000, every: 0 });
});

it("gives up an attempt that hangs once the console answers, and only once", async () => {
  const { live, opened, isThere } = stage();
  live.start();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(isThere).not.toHaveBeenCalled();
  opened.at(-1)?.listener.broken();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(isThere).toHaveBeenCalledTimes(3);
  expect(opened).toHaveLength(1);
  isThere.mockResolvedValue(true);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(opened.map(({ closed }) => closed)).toEqual([true, false]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(opened).toHaveLength(2);
});

it("asks nothing where there was an answer and no stream", async () => {
  const { live, opened, isThere } = stage();
  live.start();
  opened.at(-1)?.listener.broken();
  opened.at(-1)?.listener.refused();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(isThere).not.toHaveBeenCalled();
});

it("begins no walk through many jobs anew when something was missed", async () => {
  const client = new QueryClient();
  const { transport, say } = scriptedTransport();
  const read = { walk: 0, page: 0 };
  const options = (name: "walk" | "page") => ({
    queryKey: [name],
    queryFn: () => ++read[name],
    ...(name === "walk" && { meta: { isWalk: true } }),
  });
  for (const name of ["walk", "page"] as const) new QueryObserver(client, options(name)).subscribe(() => {});
  createLive({ client, transport, url: () => "" }).start();
  await vi.advanceTimersByTimeAsync(1);
  say("resync", { reason: "fell behind" });
  await vi.advanceTimersByTimeAsync(1);
  expect(read).toEqual({ walk: 1, page: 2 });
});

it("closes the stream of a hidden tab and catches up when it is looked at", () => {
  const { say, live, opened, asked } = stage();
  live.start();
  say("hello", { epoch: "e1", seq: 5 });
  setHidden(true);
  expect(opened.map((one) => one.closed)).toEqual([true]);
  setHidden(false);
  expect(opened).toHaveLength(2);
  say("hello", { epoch: "e1", seq: 5 });
  expect(asked).toEqual(['"everything"']);
});

it("stays closed while paused, even when the tab is looked at again", () => {
  const { live, opened } = stage();
  live.start();
  live.setPaused(true);
  setHidden(true);
  setHidden(false);
  expect(opened).toHaveLength(1);
  expect(live.state.get().status).toBe("paused");
  live.setPaused(false);
  expect(opened).toHaveLength(2);
});

it("listens to one queue's metrics for as long as somebody looks", () => {
  const { live, opened } = stage();
  live.start();
  const first = live.watchQueue("a,b");
  const second = live.watchQueue("a,b");
  expect(opened.map((one) => one.url)).toEqual(["", expect.stringMatching(/overview,.*queue:a,b$/)]);
  first();
  second();
  expect(opened.at(-1)?.url).toBe("");
  expect(opened.filter((one) => !one.closed)).toHaveLength(1);
});

it("takes in what comes only every so often, but at once what can't wait", () => {
  const { client, say, live } = stage();
  client.setQueryData(queuesQuery().queryKey, { items: [queue("a", 1)], as_of: "t0" });
  live.setEvery(10);
  live.start();
  const waiting = () => client.getQueryData(queuesQuery().queryKey)?.items[0]?.counts.waiting;
  say("queues", { changed: [queue("a", 5)], removed: [], as_of: "t1" });
  say("queues", { changed: [queue("a", 7)], removed: [], as_of: "t2" });
  expect(waiting()).toBe(1);
  vi.advanceTimersByTime(10_000);
  expect(waiting()).toBe(7);
  say("queues", { changed: [queue("a", 9)], removed: [], as_of: "t3" });
  live.setEvery(0);
  expect(waiting()).toBe(9);
  expect(live.state.get().every).toBe(0);
});
