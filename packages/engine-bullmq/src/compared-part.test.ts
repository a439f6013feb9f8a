import { expect, it } from "vitest";
import { comparedPart } from "./compared-part.ts";

it.each([
  ['"inv_500000"', '_500000"', "digits before letters"],
  ["Tenant-17", "tenant-17", "too few digits to be rare"],
  ["Kinky boots", "y boots", "neither k nor i: two letters beyond ASCII are those in lower case"],
  ["größer", "gr", "what Redis does not know how to lower"],
  ["東京", "", "nothing that Redis compares as we do"],
  ["", "", "nothing at all"],
  ["\0\n\u007f", "\0\n\u007f", "any other character"],
])("of %j Redis looks for %j: %s", (text, part) => {
  expect(comparedPart(text)).toBe(part);
});

it("is in lower case what every letter that is k or i in lower case leaves out", () => {
  for (const letter of ["\u212a", "\u0130"]) expect(comparedPart(`a${letter}bc`)).toBe("bc");
});
