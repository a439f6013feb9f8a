import { expect, test } from "vitest";
import { changeWords } from "./verdicts.ts";

const plain = {
  id: "",
  at: "",
  until: null,
  queue: null,
  link: null,
  audit_id: null,
  withdrawn_at: null,
} as const;

test.each([
  ["ana retried jobs", { kind: "action", title: "Retried jobs", actor: "ana", incident: null }],
  ["the deploy “billing 2.14.0”", { kind: "deploy", title: "billing 2.14.0", actor: "ci", incident: null }],
  ["incident INC-7 began", { kind: "incident", title: "Charges fail", actor: "ana", incident: "INC-7" }],
] as const)("a verdict names the change it counts from: %s", (words, marker) => {
  expect(changeWords({ ...plain, ...marker })).toBe(words);
});
