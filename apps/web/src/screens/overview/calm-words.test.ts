import type { Overview } from "@spillway/contract/schemas";
import { expect, it } from "vitest";
import { calmWords } from "./calm-words.ts";

const with_ = (there: number | null, expected: number | null, queues = 5) =>
  ({
    total_workers: there,
    expected_workers: expected === null ? null : { value: expected, source: "config", text: "" },
    total_queues: queues,
  }) as Overview;

it.each([
  [with_(12, 12), "Nothing needs attention since 09:12Z."],
  [with_(null, 12), "Nothing needs attention since 09:12Z."],
  [with_(3, null), "Nothing needs attention since 09:12Z."],
  [with_(11, 12), "1 worker of 12 is missing; nothing else needs attention."],
  [with_(0, 12, 0), "12 workers of 12 are missing, and no queue was found that they would serve."],
])("says what the figures beside it say", (overview, words) => {
  expect(calmWords(overview, "09:12Z")).toBe(words);
});
