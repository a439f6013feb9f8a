import { expect, it } from "vitest";
import { mostTelling } from "./telling.ts";

const marker = (kind: string, at: string) => ({ kind, at });

it("keeps the deploy when people did much about it since", () => {
  const deploy = marker("deploy", "14:01");
  const markers = [deploy, marker("incident", "14:03"), marker("note", "14:04"), marker("action", "14:05")];
  expect(mostTelling(markers, 1)).toEqual([deploy]);
  expect(mostTelling(markers, 2)).toEqual(markers.slice(0, 2));
  expect(mostTelling(markers.toReversed(), 9)).toEqual(markers);
});
