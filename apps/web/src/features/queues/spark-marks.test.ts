import type { Marker } from "@spillway/contract/schemas";
import { expect, it } from "vitest";
import { sparkMarks } from "./spark-marks.ts";

const asOf = Date.parse("2026-11-24T23:42:10Z");
const marker = (secondsAgo: number, title: string, more: Partial<Marker> = {}): Marker => ({
  id: title,
  kind: "deploy",
  at: new Date(asOf - secondsAgo * 1000).toISOString(),
  until: null,
  title,
  queue: "billing",
  link: null,
  actor: null,
  withdrawn_at: null,
  audit_id: null,
  incident: null,
  ...more,
});
const queue = { name: "billing", spark: { step_s: 2, values: Array<number>(60).fill(4) } };

it("puts what happened to a queue on its line, and says what it was", () => {
  const markers = [
    marker(100, "Moved to 2.14.0"),
    marker(20, "Charges time out", { kind: "incident", queue: null }),
    marker(400, "long before the line begins"),
    marker(10, "of another queue", { queue: "emails" }),
    marker(10, "lunch", { kind: "note" }),
  ];
  expect(sparkMarks(queue, markers, asOf)).toEqual({
    places: [9, 49],
    words: "23:40Z Moved to 2.14.0 · 23:41Z Charges time out",
  });
});

it("keeps a row quiet where much was done, and has no place before there is a line", () => {
  const actions = Array.from({ length: 9 }, (_, each) => marker(each, `retry ${each}`, { kind: "action" }));
  expect(sparkMarks(queue, actions, asOf).places).toHaveLength(3);
  expect(sparkMarks({ ...queue, spark: { step_s: 2, values: [1] } }, actions, asOf).places).toEqual([]);
});
