import type { History, Overview } from "@spillway/contract/schemas";
import { expect, it } from "vitest";
import { movementOf } from "./movement.ts";

const overview = (now: number, before: number) =>
  ({
    movement: {
      failed_attempts_per_min: { now, before },
      retried_per_min: { now: 0, before: 0 },
    },
    rates: { started_per_min: 600 },
    trouble: [],
  }) as unknown as Overview;
const bars = (...failed: number[]) =>
  ({ history: failed.map((failed_attempts) => ({ failed_attempts, retries: 0 })) }) as unknown as History;
const calm = Array.from({ length: 16 }, (_, minute) => 3 + (minute % 4));

it("compares with what is usual, not with a mean that the spike itself has raised", () => {
  const { failing, worse } = movementOf(overview(580, 197), bars(...calm, ...Array<number>(13).fill(570)));
  expect(failing).toEqual({ now: 580, before: 5 });
  expect(worse).toBe(true);
});

it("takes the mean of the server while little was seen, and calls noise noise", () => {
  expect(movementOf(overview(14, 3), bars(...calm)).worse).toBe(false);
  expect(movementOf(overview(7, 4), undefined)).toMatchObject({
    failing: { now: 7, before: 4 },
    worse: false,
  });
});
