import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { errorShape } from "./error-shape.ts";
import { messagePattern } from "./message-pattern.ts";

const hexOf = (length: number) =>
  fc
    .array(fc.constantFrom(..."0123456789abcdef".split("")), { minLength: length, maxLength: length })
    .map((a) => a.join(""));
const from = (alphabet: string, length: number) =>
  fc
    .array(fc.constantFrom(...alphabet.split("")), { minLength: length, maxLength: length })
    .map((a) => a.join(""));
const time = fc.date({ min: new Date("2001-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });

const VARIABLES: Record<string, fc.Arbitrary<string>> = {
  number: fc.oneof(
    fc.integer().map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }).map(String),
  ),
  thousands: fc.nat().map((n) => n.toLocaleString("en-US")),
  uuid: fc.uuid(),
  hex: fc.integer({ min: 8, max: 64 }).chain(hexOf),
  objectId: hexOf(24),
  ulid: from("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 25).map((rest) => `0${rest}`),
  isoTime: time.map((date) => date.toISOString()),
  httpTime: time.map((date) => date.toUTCString()),
  ip: fc.ipV4(),
  address: fc.tuple(fc.ipV4(), fc.integer({ min: 1, max: 65_535 })).map(([ip, port]) => `${ip}:${port}`),
  email: fc.emailAddress({ size: "small" }).filter((email) => !/['`|=;{}]/.test(email)),
  url: fc
    .webUrl({ withQueryParameters: true, size: "small" })
    .filter((url) => /^[^()[\]{}']*[\w/]$/.test(url)),
  quoted: fc.string().map((text) => `"${text.replaceAll(/["\\]/g, "")}"`),
  duration: fc.nat({ max: 100_000 }).map((n) => `${n}ms`),
  path: fc
    .array(from("abcdefgh123", 4), { minLength: 2, maxLength: 5 })
    .map((parts) => `/srv/${parts.join("/")}.csv`),
};

const TEMPLATES: ((value: string) => string)[] = [
  (value) => `Order ${value} not found`,
  (value) => `upstream said no (${value})`,
  (value) => `failed: ${value}`,
  (value) => `while handling id=${value}, giving up`,
  (value) => `${value} is not what was expected.`,
  (value) => `[${value}] rejected`,
];

function shapeId(message: string, line = 3): string {
  const stack = `Error: ${message}\n    at run (node:internal/x:1:1)\n    at charge (/app/src/pay/charge.ts:${line}:9)`;
  return errorShape({ name: "Error", message, stack }).id;
}

describe("errorShape", () => {
  for (const [kind, values] of Object.entries(VARIABLES))
    it(`does not change when only ${kind} changes`, () => {
      fc.assert(
        fc.property(values, values, fc.constantFrom(...TEMPLATES), fc.nat(), (a, b, template, line) => {
          expect(shapeId(template(b), line)).toBe(shapeId(template(a), 3));
        }),
        { numRuns: 300 },
      );
    });

  it("never merges two names", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (a, b, message) => {
        fc.pre(a !== b && a !== "" && b !== "");
        const id = (name: string) => errorShape({ name, message, stack: null }).id;
        expect(id(a)).not.toBe(id(b));
      }),
    );
  });

  it("takes any text, also such as slow expressions choke on", () => {
    fc.assert(
      fc.property(fc.string({ size: "large" }), fc.string({ size: "large" }), (message, stack) => {
        const shape = errorShape({ name: null, message, stack });
        expect(shape.id).toMatch(/^[0-9a-f]{12}$/);
        expect(shape.messagePattern.length).toBeLessThanOrEqual(300);
      }),
    );
    for (const char of [
      "a",
      "1",
      "a1",
      "'",
      '"',
      "@",
      ".",
      ":",
      "/",
      "-",
      "=",
      "(",
      "a@",
      "1.",
      ":1",
      "://",
      "%",
      "\\",
    ]) {
      const text = char.repeat(60_000 / char.length);
      const shape = errorShape({ name: null, message: text, stack: `${text}\n at ${text}` });
      expect(shape.messagePattern.length).toBeLessThanOrEqual(300);
    }
  });

  it("finds the name in the stack or at the start of the message", () => {
    const stack = "CardDeclined: no money\n    at pay (/app/src/pay.ts:1:2)";
    expect(errorShape({ name: null, message: "no money", stack }).errorName).toBe("CardDeclined");
    expect(errorShape({ name: null, message: "TypeError: x is 1", stack: null })).toMatchObject({
      errorName: "TypeError",
      messagePattern: "x is #",
    });
    expect(
      errorShape({ name: null, message: "note: all is well", stack: "note: all is well" }).errorName,
    ).toBeNull();
  });

  it("ignores where it was installed and which line it is", () => {
    const shape = (file: string, line: number) =>
      errorShape({ name: "E", message: "m", stack: `E: m\n    at f (${file}:${line}:1)` });
    expect(shape("/srv/releases/20261124/src/a/b.ts", 1).id).toBe(
      shape("file:///home/x/app/src/a/b.ts", 9).id,
    );
    expect(shape("/app/src/a/b.ts", 1).id).not.toBe(shape("/app/src/a/c.ts", 1).id);
    expect(shape("/app/src/a/b.ts", 7).topFrame).toEqual({ function: "f", file: "src/a/b.ts", line: 7 });
  });

  it("tells what it was based on", () => {
    const { basedOn, title } = errorShape({ name: "E", message: "job 4 of 5", stack: null });
    expect(basedOn).toBe("error name E; message “job # of #”; no frame of the application in the stack");
    expect(title).toBe("E: job # of #");
  });
});

describe("messagePattern", () => {
  it.each([
    [
      "Cannot read properties of undefined (reading 'total')",
      "Cannot read properties of undefined (reading 'total')",
    ],
    ["No such customer: 'cus_Nf1'", "No such customer: <str>"],
    ["can't find the user's thing", "can't find the user's thing"],
    ["failed after 1 attempt", "failed after # attempts"],
    ["ids [1, 22, 333] gone", "ids [#] gone"],
    ["see https://a.b/c?d=(1)&e=2.", "see <url>."],
    ["connect ECONNREFUSED ::1:6379", "connect ECONNREFUSED <ip>"],
    ["slept 30 s.", "slept #."],
    ['{"error":"invalid_grant","id":"abc"}', "{'error':'invalid_grant','id':<str>}"],
  ])("%s", (message, pattern) => {
    expect(messagePattern(message)).toBe(pattern);
  });
});
