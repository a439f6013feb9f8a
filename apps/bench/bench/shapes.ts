import type { Bench } from "../src/bench.ts";
import { readShapes } from "../torture/shapes.ts";

/** The long run, as one of the cases. Nobody else groups failures. */
export const bench: Bench = {
  title: "A million failed jobs, grouped by error",
  async run(say) {
    const report = await readShapes(1_000_000, say);
    const figures = report.figures.map((figure) => {
      const why = WHY.find(({ what }) => figure.what.startsWith(what))?.why;
      return why === undefined ? figure : { ...figure, why };
    });
    const { notes } = report;
    return { lines: [], figures, notes: [...notes, "bull-board and Workbench have nothing like it."] };
  },
};

const WHY = [
  {
    what: "all of them",
    why: "Redis goes through the stacks of each job, 2 kB, by a script, some 10 µs a job; the raw scan takes a payload of 450 bytes and drops it",
  },
  {
    what: "PING",
    why: "Redis, the console and the pings share two processors here. With Redis on one of its own the p99 was 8 ms",
  },
];
