import { expect, it } from "vitest";
import { placeFlags } from "./flag-words.ts";
import type { ChartMarker } from "./time-chart.tsx";

const span = { left: 50, right: 350, from: 0, to: 300 };
const flag = (at: number, label: string): ChartMarker => ({ id: label, at, label, tone: "plain" });

it("keeps the words of a flag over its line where they fit", () => {
  expect(placeFlags([flag(150, "Retried jobs")], span)).toEqual([
    { id: "Retried jobs", text: "Retried jobs", x: 200, anchor: "middle" },
  ]);
});

it("moves them inwards at an edge, so that none is cut", () => {
  expect(placeFlags([flag(298, "Retried jobs"), flag(2, "Moved to 2.14.0")], span)).toMatchObject([
    { id: "Retried jobs", x: 350, anchor: "end" },
    { id: "Moved to 2.14.0", x: 50, anchor: "start" },
  ]);
});

it("lets no words lie over others: the newest speak, older ones get what room is left of their line", () => {
  const crowd = [flag(290, "Retried jobs"), flag(280, "Paused billing"), flag(270, "Resumed billing")];
  expect(placeFlags(crowd, span).map(({ id }) => id)).toEqual(["Retried jobs"]);
  const deploy = flag(210, "Moved to 2.14.0, 4 of 4 workers of billing");
  const [, older] = placeFlags([flag(290, "Retried jobs"), deploy], span);
  expect(older).toMatchObject({ text: "Moved to 2.14.0, 4 of 4 workers of…", x: 268, anchor: "end" });
});

it("leaves out what lies beyond the axis", () => {
  expect(placeFlags([flag(-5, "before"), flag(305, "after it")], span)).toEqual([]);
});

it("says at the edge what began before the axis and shades it", () => {
  const incident: ChartMarker = {
    id: "i",
    at: -500,
    until: Number.POSITIVE_INFINITY,
    label: "INC-1123-1402",
    tone: "bad",
  };
  expect(placeFlags([incident], span)).toMatchObject([{ text: "INC-1123-1402", x: 50, anchor: "start" }]);
  expect(placeFlags([{ ...incident, until: -100 }], span)).toEqual([]);
});
