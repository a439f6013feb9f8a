import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { contrast, distance, type Sight, seenBy } from "../../test/colour-vision.ts";

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");
const sights: readonly Sight[] = ["full", "protanopia", "deuteranopia", "tritanopia"];
const states = ["waiting", "active", "delayed", "blocked", "completed", "failed", "paused"];
const grounds = ["ground", "panel", "raised"];
const inks = [
  "text",
  "dim",
  "faint",
  "accent",
  "waiting",
  "active",
  "delayed",
  "blocked",
  "completed",
  "failed",
  "paused",
];
const washes = ["accent-wash", "danger-wash", "warn-wash", "good-wash"];

function themeTokens(block: string): Map<string, string> {
  return new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map((match) => [match[1] ?? "", match[2] ?? ""]),
  );
}

const blocks = css.split(/\n(?=:root|@media)/);
const light = themeTokens(blocks.find((block) => block.includes('data-theme="light"] {\n  --ground')) ?? "");
const dark = themeTokens(blocks.find((block) => block.startsWith(':root[data-theme="dark"]')) ?? "");
const system = themeTokens(blocks.find((block) => block.startsWith("@media")) ?? "");

describe.each([
  ["light", light],
  ["dark", dark],
])("%s palette", (_, tokens) => {
  const seen = (sight: Sight, token: string) => seenBy(sight, tokens.get(token) ?? "");

  describe.each(sights)("with %s sight", (sight) => {
    it.each(inks)("%s reads on every ground", (ink) => {
      for (const ground of [...grounds, ...washes]) {
        expect(contrast(seen(sight, ink), seen(sight, ground)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(
          4.5,
        );
      }
    });
    it("reads on solid buttons", () => {
      for (const solid of ["danger-solid", "accent-solid"]) {
        expect(contrast(seen(sight, "on-accent"), seen(sight, solid)), solid).toBeGreaterThanOrEqual(4.5);
      }
    });
    it("tells every state from every other, and what failed best", () => {
      for (const [index, one] of states.entries()) {
        for (const other of states.slice(index + 1)) {
          const least = one === "failed" || other === "failed" ? 0.045 : 0.03;
          expect(distance(seen(sight, one), seen(sight, other)), `${one} and ${other}`).toBeGreaterThan(
            least,
          );
        }
      }
    });
  });
});

it("shows the same dark by choice and by system preference", () => {
  expect([...system]).toEqual([...dark]);
});
