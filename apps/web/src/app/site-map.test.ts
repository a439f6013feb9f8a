import { expect, it } from "vitest";
import { spotsAt } from "./site-map.ts";

const pathsAt = (address: string) => spotsAt(address).map(({ path }) => path);

it("knows the code of every address before the router is there", () => {
  expect(pathsAt("")).toEqual([""]);
  expect(pathsAt("queues/")).toEqual(["queues"]);
  expect(pathsAt("queues/a%2Fb")).toEqual(["queues/:queue", ""]);
  expect(pathsAt("queues/billing/dlq")).toEqual(["queues/:queue", "dlq"]);
  expect(pathsAt("queues/billing/jobs/17")).toEqual(["queues/:queue/jobs/:jobId"]);
  expect(pathsAt("metrics/history")).toEqual(["metrics/history"]);
  expect(pathsAt("login")).toEqual(["login"]);
  expect(pathsAt("nowhere/at/all")).toEqual([]);
});
