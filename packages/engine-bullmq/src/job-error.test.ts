import { describe, expect, it } from "vitest";
import { jobError, stackHead } from "./job-error.ts";

describe("the error of a job", () => {
  it("takes the name from the stack that belongs to the message", () => {
    const stack = "CardDeclinedError: no funds\n    at charge (/app/billing.js:1:1)";
    expect(jobError("no funds", stack)).toEqual({ name: "CardDeclinedError", message: "no funds", stack });
    expect(jobError("job stalled more than allowable limit", stack)).toEqual({
      name: null,
      message: "job stalled more than allowable limit",
      stack: null,
    });
    expect(jobError("null", null)).toEqual({ name: null, message: "null", stack: null });
    expect(jobError(null, null)).toBeNull();
  });

  it("reads name and message of a retried job from what its stacks kept", () => {
    const stack = "TypeError [ERR_X]: line one\nline two\n    at f (/a.js:1:1)";
    expect(jobError(null, stack)).toMatchObject({ name: "TypeError", message: "line one\nline two" });
  });

  it("decodes a stack cut off anywhere", () => {
    const stack = `Error: "quoted" \\ back\tslash é 🚀\n    at f`;
    const raw = JSON.stringify(stack).replaceAll("é", "\\u00e9");
    for (let length = 1; length <= raw.length; length += 1) {
      const head = stackHead(raw.slice(0, length));
      expect(head === null || stack.startsWith(head.replace(/[\ud800-\udbff]$/, ""))).toBe(true);
    }
    expect(stackHead(`${raw}]`)).toBe(stack);
    expect(stackHead(null)).toBeNull();
  });
});
