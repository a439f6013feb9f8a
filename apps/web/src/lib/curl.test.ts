import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { postAsCurl, readAsCurl, shellWord } from "./curl.ts";

it("keeps any text one shell word", () => {
  for (const text of ["billing", "it's", "$(id) `id` \\", "a b\n'c'"]) {
    expect(execFileSync("sh", ["-c", `printf %s ${shellWord(text)}`]).toString()).toBe(text);
  }
});

it("writes what the button would send", () => {
  expect(postAsCurl("http://localhost:4600/api/queues/billing/pause", { reason: "it's down" }, true)).toBe(
    `curl -sS -X POST -H 'content-type: application/json' -H 'x-spillway-request: 1' -d '{"reason":"it'\\''s down"}' 'http://localhost:4600/api/queues/billing/pause'`,
  );
});

it("asks the shell for a token where people log in", () => {
  const url = "https://ops.example/api/queues?q=it's";
  expect(readAsCurl(url, true)).toBe("curl -sS 'https://ops.example/api/queues?q=it'\\''s'");
  expect(readAsCurl(url, false)).toContain('-H "authorization: Bearer $SPILLWAY_TOKEN" ');
  expect(postAsCurl(url, {}, false)).toContain('-H "authorization: Bearer $SPILLWAY_TOKEN" ');
});
