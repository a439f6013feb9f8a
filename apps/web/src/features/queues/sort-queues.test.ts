import type { QueueSummary } from "@spillway/contract/schemas";
import { expect, it } from "vitest";
import { sortQueues } from "./sort-queues.ts";

const queue = (
  name: string,
  waiting: number,
  severities: ("critical" | "warning")[] = [],
  change: number | null = 0,
) =>
  ({
    name,
    counts: { waiting },
    rates: { failed_attempts_per_min: null },
    backlog: { change_per_min: change, oldest_waiting_age_s: null },
    trouble: severities.map((severity) => ({ severity, acked: null })),
  }) as unknown as QueueSummary;

const queues = [
  queue("c", 5),
  queue("a", 1, ["warning"], 9),
  queue("d", 9, [], null),
  queue("b", 0, ["critical"], -3),
];
const names = (sort: Parameters<typeof sortQueues>[1]) =>
  sortQueues(queues, sort)
    .map((one) => one.name)
    .join("");

it("puts the worst first and keeps ties in a steady order", () => {
  expect(names("trouble")).toBe("bacd");
  expect(names("name")).toBe("abcd");
  expect(names("waiting")).toBe("dcab");
  expect(names("change")).toBe("acbd");
  expect(names("oldest")).toBe("bacd");
});
