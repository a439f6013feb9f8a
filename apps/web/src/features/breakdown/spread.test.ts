import type { Breakdown } from "@spillway/contract/schemas";
import { expect, it } from "vitest";
import { spreadWords } from "./spread.ts";

function split(...counts: readonly (readonly [key: string, count: number])[]): Breakdown {
  const all = counts.reduce((sum, [, count]) => sum + count, 0);
  return {
    groups: counts.map(([key, count]) => ({ key, count, share: count / all })),
    groups_total: counts.length,
  } as Breakdown;
}

it.each([
  ["task", split(["mail.send", 94], ["mail.digest", 2]), "Mostly one task: mail.send, 98 %"],
  ["task", split(["mail.send", 3]), "One task only: mail.send"],
  ["worker", split(["w1", 5], ["w2", 4], ["w3", 1]), "2 of 3 workers make 90 %"],
  ["worker_version", split(["2.14.0", 6], ["2.13.1", 5]), "2 worker versions, the largest 55 %"],
  [
    "payload:tenant",
    split(["a", 3], ["b", 3], ["c", 3], ["d", 3], ["e", 3]),
    "Broad: 5 tenant values, the largest 20 %",
  ],
  ["worker", split(["(no worker known)", 9], ["w1", 1]), "No worker is known of 90 %"],
  ["worker_version", split(["(version not known)", 9]), "No worker version is known of any"],
  ["task", split(), ""],
])("says by %s whether it is one or many: %#", (by, breakdown, words) => {
  expect(spreadWords(by, breakdown)).toBe(words);
});
