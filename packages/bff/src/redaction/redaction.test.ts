import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRedactor, NO_RULES, REDACTED } from "./index.ts";
import { keyTest } from "./keys.ts";
import { isCardNumber } from "./values.ts";

const { redact, text: redactText } = createRedactor();
const isSecretKey = keyTest(NO_RULES.keys);

const CANARY = "cAnArY-8c1f07";

describe("keys", () => {
  test.each([
    "password",
    "Password",
    "user_password",
    "userPassword",
    "PASSWORD_HASH",
    "passwd",
    "token",
    "accessToken",
    "access-token",
    "refresh_token",
    "X-Api-Key",
    "api_key",
    "apiKey",
    "APIKEY",
    "apikey",
    "client_secret",
    "Authorization",
    "proxy-authorization",
    "cookie",
    "Set-Cookie",
    "card",
    "cardNumber",
    "card_number",
    "creditcard",
    "cvv",
    "cvc",
    "ssn",
    "pin",
    "privateKey",
    "private_key",
    "credentials",
    "dbCredential",
    "jwt",
    "OTP",
    "signature",
    "iban",
    "aws_secret_access_key",
    "userpassword",
    "sessionId",
  ])("%s is secret", (key) => expect(isSecretKey(key)).toBe(true));

  test.each([
    "tenant",
    "id",
    "job_id",
    "email",
    "amount_cents",
    "discard",
    "cardinality",
    "postcard_id",
    "spinner",
    "tokenizer",
    "token_count",
    "card_brand",
    "card_type",
    "pine",
    "monkey",
    "author",
    "authored_at",
    "key",
    "",
  ])("%s is not", (key) => expect(isSecretKey(key)).toBe(false));
});

describe("JSON", () => {
  test("keeps spacing, order, double keys and the digits of big numbers", () => {
    const text =
      '{ "id": 12345678901234567890,\n "a":1.0e+2 ,"a" : [ ], "tenant":"tenant-88", "z":"\\u00e9"}';
    expect(redact(text)).toEqual({ text, paths: [] });
  });

  test("names the paths", () => {
    const { text, paths } = redact(
      `{"user":{"password":"${CANARY}","name":"x"},"cards":[{"n":1},{"number":"4111 1111 1111 1111"}],"a b":{"token":7}}`,
    );
    expect(paths).toEqual(["user.password", "cards[1].number", '["a b"].token']);
    expect(JSON.parse(text)).toEqual({
      user: { password: REDACTED, name: "x" },
      cards: [{ n: 1 }, { number: REDACTED }],
      "a b": { token: REDACTED },
    });
  });

  test.each([
    ["a whole object", `{"credentials":{"user":"a","x":["${CANARY}",{"y":"}"}]},"ok":1}`],
    ["an escaped key", `{"pass\\u0077ord":"${CANARY}"}`],
    ["a key after __proto__", `{"__proto__":{"token":"${CANARY}"},"constructor":{"secret":"${CANARY}"}}`],
    ["JSON in a string", JSON.stringify({ body: JSON.stringify({ password: CANARY }) })],
    [
      "JSON in a string in a string",
      JSON.stringify({ a: JSON.stringify({ b: JSON.stringify({ token: CANARY }) }) }),
    ],
    ["a URL with escaped slashes", `{"url":"https:\\/\\/user:${CANARY}@db.example\\/x"}`],
    ["an array of headers", `{"headers":["Authorization: Bearer ${CANARY}"]}`],
    ["a key that is itself one", `{"redis://u:${CANARY}@h":1,"x":{"password=${CANARY}":[2]}}`],
    ["a text at the top", `"password=${CANARY}"`],
    ["a head that was cut in the secret", `{"a":1,"password":"${CANARY}`],
    ["a head that was cut in an object", `{"secret":{"a":"${CANARY}","b`],
    ["what only looks like JSON", `{password: ${CANARY}}`],
    ["double keys", `{"token":"x","token":"${CANARY}"}`],
    ["JSON in a sentence in a string", JSON.stringify({ a: `It says: ${JSON.stringify({ otp: CANARY })}` })],
  ])("%s", (_, text) => {
    const redacted = redactText(text);
    expect(redacted).not.toContain(CANARY);
    expect(redacted).toContain(REDACTED);
  });

  test("paths of many secrets deep down do not repeat all that is above them", () => {
    const many = Array(2_000).fill('"4111111111111111"').join();
    const deep = `${"[".repeat(4_000)}${many}${"]".repeat(4_000)}`;
    const long = JSON.stringify({ ["k".repeat(20_000)]: Array(2_000).fill("4111111111111111") });
    for (const text of [deep, long]) {
      const { paths } = redact(text);
      expect(paths).toHaveLength(2_000);
      expect(Math.max(...paths.map((path) => path.length))).toBeLessThan(250);
      expect(paths[0]?.endsWith("…")).toBe(true);
    }
  });

  test("what says nothing stays", () => {
    const text = '{"password":null,"token":false,"secret":"","cookie":[],"auth":{ }}';
    expect(redact(text)).toEqual({ text, paths: [] });
  });

  test("any JSON stays JSON, and without secrets stays itself", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const { text: redacted, paths } = redact(text);
        expect(() => JSON.parse(redacted)).not.toThrow();
        if (paths.length === 0) expect(redacted).toBe(text);
      }),
    );
  });

  test("a secret under any key anywhere is gone, also from a text that was cut", () => {
    const key = fc.constantFrom("password", "apiKey", "X-Auth-Token", "card_number");
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), key, fc.nat(), (value, secret, cut) => {
        const text = JSON.stringify({ a: [value, { [secret]: `${CANARY}` }], b: value });
        expect(redactText(text)).not.toContain(CANARY);
        expect(redactText(text.slice(0, cut % text.length))).not.toContain(CANARY);
      }),
    );
  });

  test("nothing that text can hold makes it throw", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => typeof redactText(text) === "string"));
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("{", "}", "[", "]", '"', "\\", ":", ",", "token", "1", "\\u", " ")),
        (parts) => {
          redactText(`{${parts.join("")}`);
        },
      ),
    );
  });
});

describe("text", () => {
  const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";
  test.each([
    [`connect redis://:${CANARY}@10.0.0.1:6379 failed`],
    [`postgres://app:p@${CANARY}@db/x?password=${CANARY}`],
    [`Authorization: Basic ${CANARY}==`],
    [`sent "authorization":"Bearer ${CANARY}"`],
    [`Cookie: a=1; session=${CANARY}`],
    [`login failed for {"password":"${CANARY}"}`],
    [`GET /x?api_key=${CANARY}&y=1`],
    [`client_secret: '${CANARY} and more'`],
    [`{"password"=>"${CANARY}", "token" => "${CANARY}", :secret=>"${CANARY}"}`],
    [`password := ${CANARY}; passwd == ${CANARY}`],
    [
      `Error: {"card":{"holder":"${CANARY}"},"pin":${Number.MAX_SAFE_INTEGER},"otp":"${CANARY}"}\n    at f (/a.js:1:2)`,
    ],
    [`answered [{"ok":true},{"passcode":"${CANARY}"}] to {"iban":"${CANARY}"}`],
    [`cut off in {"ok":1,"passcode":"${CANARY}`],
    [`-----BEGIN RSA PRIVATE KEY-----\n${CANARY.replace("-", "")}\n-----END RSA PRIVATE KEY-----`],
  ])("%s", (text) => {
    const redacted = redactText(text);
    expect(redacted).not.toContain(CANARY);
    expect(redacted).not.toContain(CANARY.replace("-", ""));
  });

  test.each([
    [`token is ${JWT}.`, JWT],
    ["card 4111-1111-1111-1111 declined", "1111"],
    ["amex 378282246310005", "378282246310005"],
    ["ssn 123-45-6789", "6789"],
    ["key AKIAIOSFODNN7EXAMPLE", "AKIA"],
    ["ghp_16C7e42F292c6912E7710c838347Ae178B4a", "ghp_"],
    ["sk_live_4eC39HqLyjWDarjtT1zdp7dc", "sk_live"],
    ["github_pat_11ABCDEFG0123456789abcdef", "github_pat"],
    ["a token of our own: spillway_0a1b2c3d_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4", "Zm9v"],
  ])("%s", (text, secret) => expect(redactText(text)).not.toContain(secret));

  test.each([
    "connect ECONNREFUSED 10.0.0.1:6379",
    "Unexpected token < in JSON at position 0",
    "order 1234567890123456 not found",
    "card ending 2314 was declined: insufficient_funds",
    "see https://example.com/a@b?x=1",
    "at 2026-11-23T14:00:00.000Z",
    "job 550e8400-e29b-41d4-a716-446655440000",
    "basic functionality is broken",
    'Error: {"tenant":"t1","at":[1,{"n":null}]} and {"b" } \n    at f ("/a.js":1:2)',
  ])("%s stays", (text) => expect(redactText(text)).toBe(text));

  test("cards are told from other numbers by issuer and check digit", () => {
    expect(isCardNumber("4111111111111111")).toBe(true);
    expect(isCardNumber("4111111111111112")).toBe(false);
    expect(isCardNumber("1763899200000")).toBe(false);
  });

  test("grows with its length, not with its square", () => {
    const units = [
      "eyJa-",
      "password",
      "token: ",
      "a://b",
      "4111 ",
      "-----BEGIN PRIVATE KEY-----",
      '{"a":',
      '\\"',
      "authorization:",
      "1-",
      "[[",
      "bearer ",
      '{"',
      "{ ",
      '[{"a":1}] ',
      '{"a":"{\\"',
    ];
    for (const unit of units) {
      const time = (length: number): number => {
        const text = unit.repeat(Math.ceil(length / unit.length));
        const begin = performance.now();
        redactText(text);
        redactText(`{"a":"${text}"}`);
        return performance.now() - begin;
      };
      time(20_000);
      expect(time(200_000), unit).toBeLessThan(3_000);
    }
  });
});

describe("what an installation says of its own secrets", () => {
  const own = createRedactor({
    keys: { secret: ["email", "customerRef"], shown: ["card_id", "session-token"] },
    patterns: [{ replaceIn: (text, by) => text.replaceAll(/ACME-\d+/g, by) }],
  });

  test("keys are hidden wherever they stand, whole or as a part, in JSON and in text", () => {
    const { text, paths } = own.redact(
      `{"email":"a@b.c","customerEmail":"a@b.c","emails":"stays","customer_ref":7,"cardId":"c_1","card":"x1234567","sessionToken":"ok-to-show"}`,
    );
    expect(paths).toEqual(["email", "customerEmail", "customer_ref", "card"]);
    expect(JSON.parse(text)).toMatchObject({ emails: "stays", cardId: "c_1", sessionToken: "ok-to-show" });
    expect(own.value("no mail: customer_email=a@b.c, session_token=ok-to-show, token=hidden1")).toBe(
      "no mail: customer_email=[redacted], session_token=ok-to-show, token=[redacted]",
    );
  });

  test("patterns are found in values, in text, and in JSON within JSON; paths tell of them", () => {
    expect(own.redact(`{"a":["see ACME-123"],"b":"{\\"c\\":\\"ACME-9\\"}"}`)).toEqual({
      text: `{"a":["see [redacted]"],"b":"{\\"c\\":\\"[redacted]\\"}"}`,
      paths: ["a[0]", "b"],
    });
    expect(own.error({ name: "ACME-1", message: "at ACME-2", stack: "x ACME-3" })).toEqual({
      name: REDACTED,
      message: `at ${REDACTED}`,
      stack: `x ${REDACTED}`,
    });
  });

  test("what is redacted already stays as it is", () => {
    const texts = [
      "password=hunter2222",
      "Authorization: Bearer abcdefghijkl",
      "redis://u:p@h",
      "see ACME-1",
    ];
    for (const text of texts) expect(own.text(own.text(text))).toBe(own.text(text));
  });
});

test("of a text that was cut, a secret that has lost its end does not show its beginning", () => {
  const whole = `{"note":"ok","url":"https://app:${CANARY}@db.example/x","more":1}`;
  for (let end = 1; end < whole.length; end++)
    expect(redactText(whole.slice(0, end), true)).not.toContain(CANARY);
  expect(redactText("all is well", true)).toBe("all is …");
});

test("a plain value is copied without secrets, its own odd keys too", () => {
  const value = JSON.parse(
    `{"__proto__":{"a":"password=${CANARY}"},"list":["x",1,null,true,"redis://u:${CANARY}@h"]}`,
  );
  const copy = createRedactor().deep(value);
  expect(JSON.stringify(copy)).toBe(
    `{"__proto__":{"a":"password=[redacted]"},"list":["x",1,null,true,"redis://[redacted]@h"]}`,
  );
  expect(Reflect.get({}, "a")).toBeUndefined();
});
