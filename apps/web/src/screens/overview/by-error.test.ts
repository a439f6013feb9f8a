import type { JobSummary } from "@spillway/contract/schemas";
import { expect, it } from "vitest";
import { byError } from "./by-error.ts";

const job = (id: string, task: string, shape_id: string | null) =>
  ({ id, queue: "billing", task, error: shape_id && { name: "E", message: id, shape_id } }) as JobSummary;

it("tells each error of a task once, by its newest job, with how many had it", () => {
  const jobs = [
    job("5", "charge", "a"),
    job("4", "charge", "b"),
    job("3", "charge", "a"),
    job("2", "refund", "a"),
  ];
  const none = [job("1", "charge", null), job("0", "charge", null)];
  expect(byError([...jobs, ...none]).map(({ newest, count }) => [newest.id, count])).toEqual([
    ["5", 2],
    ["4", 1],
    ["2", 1],
    ["1", 1],
    ["0", 1],
  ]);
});
