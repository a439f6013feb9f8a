import { createManualClock } from "@spillway/engine-embedded";
import { describe, expect, test } from "vitest";
import { problemOf, START, sha256, startApp } from "../../app.fixture.ts";
import type { Authenticator } from "../authenticator.ts";
import { type Token, withTokens } from "./tokens.ts";

const GOOD = "spillway_0badcafe_abcDEF123-_";
const EXPIRED = "spillway_deadbeef_expired";
const REVOKED = "spillway_00000000_revoked";

/** Lets in whoever has this cookie. */
const byCookie: Authenticator = {
  mode: "password",
  remedy: "Log in first.",
  challenge: "Session",
  identify: async ({ headers }) =>
    headers.get("Cookie") === "in=1"
      ? { id: "ana", name: "Ana", verified: true, roles: ["admin"], auth: "password", session: "s" }
      : null,
};

async function world() {
  const clock = createManualClock(START);
  const token = (id: string, expiresAt: number | null): Token => ({
    id,
    name: "ci-deploys",
    owner: "Ana",
    roles: ["operator"],
    expiresAt,
  });
  const tokens = new Map([
    [sha256(GOOD), token("0badcafe", START + 3_600_000)],
    [sha256(EXPIRED), token("deadbeef", START)],
  ]);
  const find = (hash: string) => tokens.get(hash) ?? null;
  const authenticator = withTokens({ clock, sha256, find }, byCookie);
  const app = await startApp({ clock, deps: { authenticator } });
  const session = (headers: Record<string, string>) => app.send("/api/session", { headers });
  return { ...app, clock, tokens, session };
}

test("a token marks a deploy, in its own name and its owner's", async () => {
  const { post, send } = await world();
  const Authorization = `Bearer ${GOOD}`;
  const reply = await post("/api/markers", { title: "2.14.0 is out", kind: "deploy" }, { Authorization });
  expect(reply.status).toBe(200);
  const { audit_id } = await reply.json();
  const record = await (await send(`/api/audit/${audit_id}`, { headers: { Authorization } })).json();
  expect(record.actor).toMatchObject({
    id: "program:ci-deploys",
    name: "ci-deploys (Ana)",
    auth: "token",
    session: "0badcafe",
    roles: ["operator"],
  });
  expect(JSON.stringify(record)).not.toContain(GOOD);
});

test("people get in as they do", async () => {
  const { session } = await world();
  expect(await (await session({ Cookie: "in=1" })).json()).toMatchObject({ auth: { mode: "password" } });
  expect((await session({ Cookie: "in=1", Authorization: "Basic YW5hOng=" })).status).toBe(200);
});

describe("attack 10: a forged token gets nobody in", () => {
  test.each([
    ["none", ""],
    ["a blank one", "Bearer "],
    ["two blanks", "Bearer   "],
    ["no scheme", GOOD],
    ["another scheme", `Basic ${GOOD}`],
    ["yet another scheme", `Token ${GOOD}`],
    ["garbage", "Bearer garbage"],
    ["an expired one", `Bearer ${EXPIRED}`],
    ["a revoked one", `Bearer ${REVOKED}`],
    ["the wrong case", `Bearer ${GOOD.toLowerCase()}`],
    ["one cut short", `Bearer ${GOOD.slice(0, -1)}`],
    ["one with more behind it", `Bearer ${GOOD}A`],
    ["two of them", `Bearer ${GOOD}, Bearer ${GOOD}`],
    ["quotes", `Bearer "${GOOD}"`],
    ["its hash", `Bearer ${sha256(GOOD)}`],
    ["a JWT that says it needs none", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbmEifQ."],
    ["an id alone", "Bearer 0badcafe"],
  ])("%s", async (_, Authorization) => {
    const { session, post, engine } = await world();
    engine.defineQueue("letters");
    const refused = await session({ Authorization });
    expect(refused.headers.get("WWW-Authenticate")).toBe("Session, Bearer");
    await problemOf(refused, 401);
    await problemOf(await post("/api/queues/letters/pause", {}, { Authorization }), 401);
    expect((await engine.queue("letters")).paused).toBe(false);
  });

  test("a cookie does not make a wrong token good", async () => {
    const { session } = await world();
    for (const scheme of ["Bearer", "bearer", "BEARER"])
      await problemOf(await session({ Cookie: "in=1", Authorization: `${scheme} wrong` }), 401);
  });

  test("a token in the address is none", async () => {
    const { send } = await world();
    for (const name of ["access_token", "token", "authorization"])
      await problemOf(await send(`/api/session?${name}=${GOOD}`), 401);
  });
});

test("the stream of a token that has other roles now ends within ten seconds", async () => {
  const { send, tokens, clock } = await world();
  const stream = (await send("/api/events", { headers: { Authorization: `Bearer ${GOOD}` } })).text();
  for (const [hash, token] of tokens) tokens.set(hash, { ...token, roles: ["viewer"] });
  await clock.advance(10_000);
  expect(await stream).toContain('"reason":"The token has other roles now."');
});

test.each(["revoked", "expired"])(
  "the stream of a token that was %s ends within ten seconds",
  async (how) => {
    const { send, tokens, clock } = await world();
    const stream = (await send("/api/events", { headers: { Authorization: `Bearer ${GOOD}` } })).text();
    if (how === "revoked") tokens.clear();
    else await clock.advance(3_590_000);
    await clock.advance(10_000);
    expect(await stream).toContain('"reason":"The token is no longer valid."');
  },
);
