import { describe, expect, test } from "vitest";
import { DeployWatch } from "./deploys.ts";

const SECOND = 1000;

/** Who works: versions with how many workers, by queue. */
type Fleet = Record<string, Record<string, number>>;

/** Watches fleets at their seconds, each until the next; returns the titles of each marker in turn. */
function watch(...steps: [second: number, fleet: Fleet][]): string[][] {
  const markers: string[][] = [];
  const deploys = new DeployWatch(({ id, title }) => {
    if (id === undefined) return String(markers.push([title]) - 1);
    markers[Number(id)]?.push(title);
    return id;
  });
  for (const [i, [second, fleet]] of steps.entries()) {
    const workers = Object.entries(fleet).flatMap(([queue, versions]) =>
      Object.entries(versions).flatMap(([version, count]) =>
        Array.from({ length: count }, () => ({ version, queues: [queue] })),
      ),
    );
    const until = steps[i + 1]?.[0] ?? second + 120;
    for (let at = second; at < until; at += 2) deploys.observe(workers, at * SECOND);
  }
  return markers;
}

describe("a deploy", () => {
  test("is one marker whose title follows the workers, told late or once it is done", () => {
    expect(
      watch(
        [0, { q: { old: 9 } }],
        [10, { q: { old: 8, new: 1 } }],
        [50, { q: { old: 6, new: 3 } }],
        [60, { q: { new: 9 } }],
        [100, { q: { new: 12 } }],
      ),
    ).toEqual([
      [
        "Moved to new, 1 of 9 workers of q",
        "Moved to new, 3 of 9 workers of q",
        "Moved to new, 9 of 9 workers of q",
      ],
    ]);
    expect(watch([0, { q: { old: 2 } }], [10, { q: { old: 1, new: 1 } }], [20, { q: { new: 2 } }])).toEqual([
      ["Moved to new, 2 of 2 workers of q"],
    ]);
  });

  test("counts the workers of its queues only, and names none where they are several", () => {
    const emails = { old: 4 };
    expect(watch([0, { q: { old: 2 }, emails }], [10, { q: { new: 2 }, emails }])).toEqual([
      ["Moved to new, 2 of 2 workers of q"],
    ]);
    expect(watch([0, { q: { old: 2 }, emails }], [10, { q: { new: 2 }, emails: { new: 4 } }])).toEqual([
      ["Moved to new, 6 of 6 workers"],
    ]);
  });

  test("that is taken back says so; a canary nobody was told of says nothing", () => {
    const [old, mixed] = [{ q: { old: 9 } }, { q: { old: 8, new: 1 } }];
    expect(watch([0, old], [10, mixed], [60, old])).toEqual([
      ["Moved to new, 1 of 9 workers of q", "Moved to new, 1 of 9 workers of q, and off it again"],
    ]);
    expect(watch([0, old], [10, mixed], [30, old])).toEqual([]);
    // Its one worker was restarted.
    expect(watch([0, old], [10, mixed], [60, old], [70, mixed])).toEqual([
      ["Moved to new, 1 of 9 workers of q"],
    ]);
  });

  test("gives way to the next one, and a step back is one too", () => {
    const steps: [number, Fleet][] = [
      [0, { q: { a: 4 } }],
      [10, { q: { a: 1, b: 3 } }],
      [60, { q: { a: 1, c: 3 } }],
      [70, { q: { c: 4 } }],
    ];
    expect(watch(...steps)).toEqual([
      ["Moved to b, 3 of 4 workers of q"],
      ["Moved to c, 4 of 4 workers of q"],
    ]);
    expect(watch([0, { q: { a: 2 } }], [10, { q: { b: 2 } }], [90, { q: { a: 2 } }])).toEqual([
      ["Moved to b, 2 of 2 workers of q"],
      ["Moved to a, 2 of 2 workers of q"],
    ]);
  });

  test("is no restart, be it of all or of one queue, and no queue that is new", () => {
    const [all, billing] = [{ billing: { a: 2 }, emails: { b: 2 } }, { billing: { a: 2 } }];
    expect(watch([0, all], [10, {}], [20, all])).toEqual([]);
    expect(watch([0, all], [10, billing], [60, all])).toEqual([]);
    expect(watch([0, billing], [10, all])).toEqual([]);
  });

  test("that stops all before it starts any is told to the end", () => {
    expect(watch([0, { q: { old: 3 } }], [10, {}], [20, { q: { new: 1 } }], [24, { q: { new: 3 } }])).toEqual(
      [["Moved to new, 1 of 1 workers of q", "Moved to new, 3 of 3 workers of q"]],
    );
  });
});
