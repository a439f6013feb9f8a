import { expect, it } from "vitest";
import { createLogger } from "./logger.ts";

const HOSTILE = [
  'x\n2026-11-23T14:02:11.000Z {"level":"info","message":"forged"}',
  "a\r\nb",
  "\u001b[2J\u001b]0;owned\u0007",
  "\u009b31m\u009d0;owned\u009c",
  "\u2028line\u2029line\u0085line",
  "\u202egnp.exe\u2066\u200f",
  "\u0000\b\u007f",
  "\u{e0001}\u{e0041}tagged",
  "__proto__",
];

function lines(isTTY: boolean) {
  const written: string[] = [];
  const target = { isTTY, write: (text: string) => written.push(text) };
  return { log: createLogger(target, () => Date.UTC(2026, 10, 23, 14, 2, 11)), written };
}

it("writes one JSON line per entry, errors included, whatever the text holds", () => {
  const { log, written } = lines(false);
  log.warn("two\nlines", { error: new Error("no"), level: "forged" });
  expect(written).toHaveLength(1);
  expect(written[0]?.match(/\n/g)).toHaveLength(1);
  expect(JSON.parse(written[0] ?? "")).toMatchObject({
    time: "2026-11-23T14:02:11.000Z",
    level: "warn",
    message: "two\nlines",
    error: { message: "no" },
  });
});

it.each([true, false])(
  "attack 14: nothing that is logged starts a line or steers a terminal (terminal: %s)",
  (isTTY) => {
    const { log, written } = lines(isTTY);
    for (const text of HOSTILE) {
      log.error(text, { [text]: text, error: new Error(text, { cause: text }), deep: [{ text }] });
      const line = written.pop() ?? "";
      expect(line.match(/\n/g)).toHaveLength(1);
      expect(line.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
      if (!isTTY)
        expect(JSON.parse(line)).toMatchObject({ level: "error", message: text, error: { message: text } });
    }
  },
);

it("attack 15: nothing that is logged holds a secret", () => {
  for (const isTTY of [true, false]) {
    const { log, written } = lines(isTTY);
    const url = "redis://app:c4nary@10.0.0.1:6379";
    const error = new Error(`connect ${url}`, { cause: { headers: "Authorization: Bearer c4nary-token" } });
    log.error(`failed at ${url}`, {
      error,
      url,
      list: [`password=c4nary`],
      headers: { Authorization: "c4nary" },
      key: 'x {"token":"c4nary"}',
    });
    expect(written.join("")).not.toContain("c4nary");
    expect(written.join("")).toContain("[redacted]");
  }
});

it("writes words on a terminal", () => {
  const { log, written } = lines(true);
  log.info("Hello\n\u001b[2J", { port: 1 });
  log.error("Bad");
  expect(written).toEqual(["14:02:11  Hello\\n\\u001b[2J  port=1\n", "14:02:11  error  Bad\n"]);
});
