import { expect, it } from "vitest";
import { measureCosts } from "./audit-cost.ts";

/** The long run, small: that nothing is refused; times are for the long run. */
it("writes with two sinks, one of which is down", async () => {
  const only = "file and webhook that is down, required";
  const { figures } = await measureCosts({ writes: 20, records: 500, only }, () => undefined);
  const refused = figures.filter(({ what }) => what.includes("refused"));
  expect(refused).toEqual([expect.objectContaining({ measured: "0", passed: true })]);
});
