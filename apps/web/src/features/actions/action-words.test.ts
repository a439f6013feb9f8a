import { expect, it } from "vitest";
import { recordWords } from "./action-words.ts";

const record = (action: string, operation_id: string | null, requested: number | null) =>
  recordWords({ actor: { name: "ana" } as never, action, queue: "billing", operation_id, requested });

it.each([
  [record("job.remove", null, 1), "ana removed a job of billing"],
  [record("job.retry", "01K", 2310), "ana retried 2,310 jobs of billing"],
  [record("job.promote", "01K", 40), "ana ran 40 delayed jobs now of billing"],
  [record("queue.drain", "01K", 12_400), "ana deleted waiting jobs of billing"],
  [record("operation.undo", "01K", 12_400), "ana put deleted jobs back into billing"],
  [record("job.retry", "01K", null), "ana retried a job of billing"],
])("tells %s", (told, words) => {
  expect(told).toBe(words);
});
