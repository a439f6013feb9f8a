import type { Bench } from "../src/bench.ts";
import { retryBoth } from "../torture/bulk-retry.ts";

/** The long run, as one of the cases. */
export const bench: Bench = {
  title: "100,000 failed jobs retried",
  async run(say) {
    const { figures, notes } = await retryBoth(100_000, say);
    const workbench = "Workbench retries what is on the page, not what matches.";
    return { lines: [], figures, notes: [...notes, workbench] };
  },
};
