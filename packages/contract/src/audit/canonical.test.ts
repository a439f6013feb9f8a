import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "./canonical.ts";

test("what is read back from its JSON gives the same text, in whatever order it was built", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(canonicalJson(JSON.parse(JSON.stringify(value)))).toBe(text);
      expect(canonicalJson(JSON.parse(text))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
  const built = { b: 1, a: [undefined, { d: undefined, c: new Date(0) }], n: Number.NaN, ä: "\u2028" };
  expect(canonicalJson(built)).toBe(
    '{"a":[null,{"c":"1970-01-01T00:00:00.000Z"}],"b":1,"n":null,"ä":"\u2028"}',
  );
});
