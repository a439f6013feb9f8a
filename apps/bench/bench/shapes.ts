import type { Bench } from "../src/bench.ts";
import { readShapes } from "../torture/shapes.ts";

/** The long run, as one of the cases. Nobody else groups failures. */
export const bench: Bench = {
  title: "A million failed jobs, grouped by error",
  async run(say) {
    const { figures, notes } = await readShapes(1_000_000, say);
    return { lines: [], figures, notes: [...notes, "bull-board and Workbench have nothing like it."] };
  },
};
