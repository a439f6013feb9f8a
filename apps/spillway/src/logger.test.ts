import { expect, it } from "vitest";
import { createLogger } from "./logger.ts";

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

it("writes words on a terminal", () => {
  const { log, written } = lines(true);
  log.info("Hello\n\u001b[2J", { port: 1 });
  log.error("Bad");
  expect(written).toEqual(["14:02:11  Hello\\n\\u001b[2J  port=1\n", "14:02:11  error  Bad\n"]);
});
