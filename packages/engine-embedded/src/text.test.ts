import { describe, expect, it } from "vitest";
import { byteLength, headOf } from "./text.ts";

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

describe("text", () => {
  it.each(["", "plain", "é", "日本語", "🦦 otter", "mixed é 日 🦦 end"])("counts the bytes of %j", (text) => {
    expect(byteLength(text)).toBe(bytesOf(text));
  });

  it("cuts to bytes without splitting a character", () => {
    const text = "🦦é日".repeat(50);
    for (let bytes = 0; bytes < 40; bytes += 1) {
      const head = headOf(text, bytes);
      expect(text.startsWith(head)).toBe(true);
      expect(bytesOf(head)).toBeLessThanOrEqual(bytes);
      expect(bytesOf(head)).toBeGreaterThan(bytes - 4);
      expect(head.isWellFormed()).toBe(true);
    }
  });
});
