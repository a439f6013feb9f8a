import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(join(import.meta.dirname, "tokens.css"), "utf8");
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

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

const blocks = css.split(/\n(?=:root|@media)/);
const light = themeTokens(blocks.find((block) => block.includes('data-theme="light"] {\n  --ground')) ?? "");
const dark = themeTokens(blocks.find((block) => block.startsWith(':root[data-theme="dark"]')) ?? "");
const system = themeTokens(blocks.find((block) => block.startsWith("@media")) ?? "");

describe.each([
  ["light", light],
  ["dark", dark],
])("%s palette", (_, tokens) => {
  it.each(inks)("%s reads on every ground", (ink) => {
    for (const ground of [...grounds, ...washes]) {
      expect(
        contrast(tokens.get(ink) ?? "", tokens.get(ground) ?? ""),
        `${ink} on ${ground}`,
      ).toBeGreaterThanOrEqual(4.5);
    }
  });
  it("reads on solid buttons", () => {
    for (const solid of ["danger-solid", "accent-solid"]) {
      expect(contrast(tokens.get("on-accent") ?? "", tokens.get(solid) ?? ""), solid).toBeGreaterThanOrEqual(
        4.5,
      );
    }
  });
});

it("shows the same dark by choice and by system preference", () => {
  expect([...system]).toEqual([...dark]);
});
