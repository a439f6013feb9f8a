import { expect, it } from "vitest";
import { failedWords } from "./failed-words.ts";

it("says why nobody was let in, and nothing to a code that is none of ours", () => {
  expect(failedWords("no_role")).toMatch(/none of your groups has a role/);
  for (const code of [null, "", "constructor", "__proto__", "<b>"]) expect(failedWords(code)).toBeNull();
});
