import { expect, it } from "vitest";
import { recordWords } from "./action-words.ts";

const actor = (name: string) => ({
  id: name,
  name,
  verified: false,
  roles: [],
  auth: "none",
  session: null,
  ip: null,
});

it("says who did it, and of what nobody did here only what was seen", () => {
  const removed = { action: "job.remove", queue: "billing", details: {} };
  expect(recordWords({ ...removed, actor: actor("ana"), source: "ui" })).toBe("ana removed a job of billing");
  const text = "8 waiting jobs of billing vanished without this console.";
  const seen = {
    ...removed,
    actor: actor("Spillway"),
    source: "observed",
    details: { observed: text },
  } as const;
  expect(recordWords(seen)).toBe(text);
});
