import { expect, it } from "vitest";
import { apiUrl } from "../api/client.ts";
import { openOperationsQuery } from "../api/queries.ts";
import { paths } from "../lib/paths.ts";
import { earlyReads } from "./early-reads.ts";

function urlsAt(path: string): string[] {
  const { pathname, search } = new URL(path, document.baseURI);
  return earlyReads(pathname.slice(1), search).map((read) => new URL(read, document.baseURI).href);
}

it("asks for what the screens will, by the very addresses", () => {
  const always = [
    apiUrl("getSession", {}),
    apiUrl("getOverview", {}),
    apiUrl("listOperations", {}, openOperationsQuery().queryKey[2]),
  ];
  expect(urlsAt(paths.overview())).toEqual([...always, apiUrl("listQueues", {})]);
  expect(urlsAt(paths.workers())).toEqual([...always, apiUrl("listWorkers", {})]);
  const queue = { queue: "a/b c" };
  expect(urlsAt(paths.jobs("a/b c"))).toEqual([...always, apiUrl("getQueue", queue)]);
  expect(urlsAt(paths.dlq("a/b c"))).toEqual([
    ...always,
    apiUrl("getQueue", queue),
    apiUrl("getShapes", queue),
  ]);
  expect(urlsAt(`${paths.dlq("a/b c")}?task=x`)).toEqual([...always, apiUrl("getQueue", queue)]);
  expect(urlsAt(paths.queue("a&b"))).toContain(apiUrl("listWorkers", {}, { queue: "a&b" }));
  expect(urlsAt(paths.audit())).toEqual(always);
});

it("asks for nothing where somebody logs in", () => {
  expect(urlsAt(paths.login("/queues"))).toEqual([]);
});
