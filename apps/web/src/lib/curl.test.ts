import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { postAsCurl, shellWord } from "./curl.ts";

it("keeps any text one shell word", () => {
  for (const text of ["billing", "it's", "$(id) `id` \\", "a b\n'c'"]) {
    expect(execFileSync("sh", ["-c", `printf %s ${shellWord(text)}`]).toString()).toBe(text);
  }
});

it("writes what the button would send", () => {
  expect(postAsCurl("http://localhost:4600/api/queues/billing/pause", { reason: "it's down" })).toBe(
    `curl -sS -X POST -H 'content-type: application/json' -H 'x-spillway-request: 1' -d '{"reason":"it'\\''s down"}' 'http://localhost:4600/api/queues/billing/pause'`,
  );
});
