import { describe, expect, it } from "vitest";
import { redactionRules } from "./redaction-rules.ts";
import { parsePattern, parsePatterns } from "./secret-pattern.ts";
import { REFUSED } from "./values.ts";

const NO_FILE = { redaction: { redact_keys: [], no_redact_keys: [], redact_patterns: [] } };

describe("a pattern of secrets", () => {
  it("takes out what it matches, and nothing else", () => {
    const pattern = parsePattern("ACME-[A-Z0-9]{6,40}");
    if (pattern === REFUSED) return expect.fail("It was refused.");
    expect(pattern.replaceIn("key ACME-12AB34 and acme-12ab34", "$1[x]")).toBe("key $1[x] and acme-12ab34");
  });

  it.each(["", "(", "a*", "x|", "(?=a)b", "(?<!a)b", "(a)\\1", "a{2000}", "x".repeat(257)])(
    "%s is refused",
    (text) => expect(parsePattern(text)).toBe(REFUSED),
  );

  it.each(["(a+)+$", "(a|a)+x", "(a*)*b", "(.*a){20}x", "(x+x+)+y"])(
    "%s takes no longer than the text is long",
    (text) => {
      const pattern = parsePattern(text);
      if (pattern === REFUSED) return;
      // A backtracking matcher would never come back.
      expect(pattern.replaceIn(`${"a".repeat(20_000)}!`, "").length).toBeLessThanOrEqual(20_001);
    },
  );

  it("may hold a comma: there is one a line", () => {
    expect(parsePatterns("a{1,2}\nb{3,4}")).toEqual(["a{1,2}", "b{3,4}"]);
    expect(parsePatterns("a\n(")).toBe(REFUSED);
  });
});

describe("the rules of an installation", () => {
  it("come from flags and file together", () => {
    const rules = redactionRules(
      { "redact-keys": ["email"], "no-redact-keys": ["card_id"], "redact-pattern": ["ACME-[0-9]+"] },
      { redaction: { redact_keys: ["phone"], no_redact_keys: [], redact_patterns: ["b+"] } },
    );
    expect(rules.keys).toEqual({ secret: ["email", "phone"], shown: ["card_id"] });
    expect(rules.patterns).toHaveLength(2);
  });

  it("can't say both of one name", () => {
    const both = { "redact-keys": ["email"], "no-redact-keys": ["email"], "redact-pattern": [] };
    expect(() => redactionRules(both, NO_FILE)).toThrow(/both name email/);
  });
});
