import { describe, expect, it } from "vitest";
import { phaseSizes, stopsWords, targetWords } from "../operations/phase-words.ts";
import { type PhaseDraft, phaseComplaint, planOf, usualPlan } from "./plan.ts";
import { gateSentence, planSentence } from "./plan-picture.tsx";

describe("the plan of a phased retry", () => {
  it.each([
    [2_100, [10, 210, 1_880]],
    [100, [10, 10, 80]],
    [15, [10, 2, 3]],
    [11, [10, 1, 0]],
    [7, [7, 0, 0]],
    [0, [0, 0, 0]],
  ])("cuts %i jobs as the server does", (total, sizes) => {
    expect(phaseSizes(total, planOf(usualPlan)?.phases ?? [])).toEqual(sizes);
  });

  it("tells what each phase is and allows", () => {
    expect([1, 2, 3].map((number) => targetWords(number, { count: 10 }, 10))).toEqual([
      "10 of different kinds",
      "10 more",
      "10 more",
    ]);
    expect(targetWords(2, { percent: 10 }, 210)).toBe("10 % = 210");
    expect(targetWords(3, { rest: true }, 1890)).toBe("the rest = 1,890");
    expect(stopsWords({ max_failure_rate: 0.05 }, 10)).toBe("stops when 2 of 10 fail again");
    expect(stopsWords({ max_failure_rate: 0.05 }, 210)).toBe("stops when 11 of 210 fail again");
    expect(planSentence([10, 210, 1880])).toBe("10 jobs first, then 210, then 1,880");
    expect(planSentence([7, 0, 0])).toBe("7 jobs at once");
  });

  it("sends what is usual unless it is changed", () => {
    expect(planOf(usualPlan)).toEqual({
      phases: [{ count: 10 }, { percent: 10 }, { rest: true }],
      gate: {
        max_failure_rate: 0.05,
        min_settled: 0.9,
        settle_s: 60,
        advance: "manual",
        on_regression: "stop",
      },
    });
    expect(gateSentence(planOf(usualPlan)?.gate ?? expect.fail())).toBe(
      "You begin each next phase once a phase is judged, at the latest 1 min after its last job started. It stops as soon as more than 5 % of a phase fail again; one of ten always may.",
    );
  });

  it.each<[PhaseDraft, boolean, string | null]>([
    [{ kind: "count", text: "0" }, false, "A whole number from 1."],
    [{ kind: "count", text: "1.5" }, false, "A whole number from 1."],
    [{ kind: "count", text: "" }, false, "A whole number from 1."],
    [{ kind: "percent", text: "0" }, false, "More than 0, at most 100."],
    [{ kind: "percent", text: "0.5" }, false, null],
    [{ kind: "rest", text: "" }, false, "Only the last phase can be the rest."],
    [{ kind: "rest", text: "" }, true, null],
  ])("says what is wrong with %j", (phase, isLast, complaint) => {
    expect(phaseComplaint(phase, isLast)).toBe(complaint);
  });
});
