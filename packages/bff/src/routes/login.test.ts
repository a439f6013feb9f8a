import { describe, expect, test } from "vitest";
import { problemOf } from "../app.fixture.ts";
import { MINUTE, startLogin } from "./login.fixture.ts";

const OWN = { Origin: "https://ops.example", "Sec-Fetch-Site": "same-origin" };

describe("logging in", () => {
  test("opens a session under the name that was proven, and is on record", async () => {
    const { logIn, enter, get, records } = await startLogin();
    const reply = await logIn("ana", "correct horse");
    expect(await reply.json()).toMatchObject({ status: "success", name: "ana", roles: ["admin"] });
    const cookie = await enter();
    const session = await (await get("api/session", cookie)).json();
    expect(session.actor).toEqual({ id: "ana", name: "ana", verified: true, roles: ["admin"] });
    expect(session.auth).toEqual({ mode: "password", can_log_out: true, is_open: false });
    const [record] = await records(cookie, "session.login");
    expect(record).toMatchObject({
      status: "success",
      actor: { id: "ana", verified: true, auth: "password", ip: "10.0.0.1" },
    });
    expect(record.details.session).toMatch(/^[\da-f]{12}$/);
    expect(JSON.stringify(record)).not.toContain("correct horse");
  });

  test.each([
    [
      "plain http",
      "/",
      { Origin: "http://10.0.0.5:4600" },
      /^spillway_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    ],
    ["https", "/", OWN, /^__Host-spillway_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/],
    [
      "https below a path",
      "/ops/",
      OWN,
      /^__Secure-spillway_session=[\w-]{43}; Path=\/ops\/; HttpOnly; SameSite=Strict; Secure$/,
    ],
  ])("over %s keeps it in the safest cookie there", async (_, basePath, headers, expected) => {
    const { logIn } = await startLogin({ basePath });
    const sameSite = { "Sec-Fetch-Site": "same-origin" };
    const reply = await logIn("ana", "correct horse", { ...headers, ...sameSite });
    expect(reply.headers.get("Set-Cookie")).toMatch(expected);
  });

  test("says the same of a wrong password and of a name that nobody has", async () => {
    const { logIn } = await startLogin();
    const details = [];
    for (const user of ["ana", "nobody"])
      details.push((await problemOf(await logIn(user, "guess"), 401)).detail);
    expect(details).toEqual([details[0], details[0]]);
  });

  test("anew ends the session before", async () => {
    const { enter, statusOf, sessions } = await startLogin();
    const before = await enter();
    const after = await enter("ana", "correct horse", {
      Cookie: before,
      ...OWN,
      Origin: "http://localhost:4600",
    });
    expect([await statusOf(before), await statusOf(after)]).toEqual([401, 200]);
    expect(sessions.size).toBe(1);
  });

  test("from another site is refused before anybody looks at the password", async () => {
    const { logIn, sessions } = await startLogin();
    await problemOf(await logIn("ana", "correct horse", { Origin: "https://evil.example" }), 403);
    expect(sessions.size).toBe(0);
  });

  test("is answered anew each time, whatever key it carries", async () => {
    const { enter } = await startLogin();
    const key = { "Idempotency-Key": "k-1" };
    expect(await enter("ana", "correct horse", key)).not.toBe(await enter("ana", "correct horse", key));
  });

  test("lets nobody in where it can't be put on record, but out", async () => {
    let isFull = false;
    const { enter, logIn, post, statusOf, sessions } = await startLogin({ refuses: () => isFull });
    const cookie = await enter();
    isFull = true;
    await problemOf(await logIn("ben", "battery staple"), 503);
    expect(sessions.size).toBe(1);
    const headers = { Cookie: cookie, "Sec-Fetch-Site": "same-origin" };
    expect((await post("/api/session/logout", {}, headers)).status).toBe(200);
    expect(await statusOf(cookie)).toBe(401);
  });
});

describe("attempts that fail", () => {
  test("are on record with who was meant, and never what was typed in place of a name", async () => {
    const { logIn, enter, records } = await startLogin();
    await logIn("ben", "guess");
    await logIn("my secret", "guess");
    const found = await records(await enter(), "session.login");
    expect(found).toMatchObject([
      { status: "success" },
      { status: "failed", actor: { id: "anonymous" }, details: { user: "a name that nobody here has" } },
      { status: "failed", actor: { id: "ben", verified: false }, error: { code: "unauthenticated" } },
    ]);
    expect(JSON.stringify(found)).not.toMatch(/my secret|guess/);
  });

  test("are limited by user and address, and say when to try again", async () => {
    const { logIn, clock } = await startLogin();
    for (let i = 0; i < 5; i++) await problemOf(await logIn("ben", "guess"), 401);
    const refused = await logIn("ben", "battery staple");
    expect(refused.headers.get("Retry-After")).toBe("30");
    await problemOf(refused, 429);
    await clock.advance(30_000);
    expect((await logIn("ben", "battery staple")).status).toBe(200);
  });

  test("count the same for a name that nobody has", async () => {
    const { logIn } = await startLogin();
    for (let i = 0; i < 5; i++) await problemOf(await logIn("nobody", "guess"), 401);
    await problemOf(await logIn("nobody", "guess"), 429);
  });

  test("from many addresses at one user are limited too, and do not keep out who logged in there before", async () => {
    const { logIn, enter, place } = await startLogin();
    await enter();
    let limited = 0;
    for (let i = 0; i < 60; i++) {
      place.address = `10.1.0.${i}`;
      if ((await logIn("ana", "guess")).status === 429) limited++;
    }
    expect(limited).toBe(40);
    place.address = "10.0.0.1";
    expect((await logIn("ana", "correct horse")).status).toBe(200);
  });

  test("at many users from one network are limited", async () => {
    const { logIn, place } = await startLogin();
    const statuses = [];
    for (let i = 0; i < 30; i++) {
      place.address = `2001:db8:0:1::${i}`;
      statuses.push((await logIn(`user-${i}`, "guess")).status);
    }
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
  });

  test("in a flood are a line a minute and evict nothing that was done", async () => {
    const { logIn, enter, get, clock, place } = await startLogin();
    const cookie = await enter();
    for (let i = 0; i < 2_000; i++) {
      place.address = `10.${i % 200}.0.1`;
      await logIn("ben", "guess");
    }
    await clock.advance(MINUTE);
    const { holds, total_matching: total } = await (await get("api/audit", cookie)).json();
    expect(holds.evicted).toBe(0);
    expect(total).toBeLessThan(310);
  });
});

describe("a session", () => {
  test.each([
    ["nobody used it", 30, "Nobody used it."],
    ["the account is gone", 1, "The account is gone."],
    ["the password was changed", 1, "The password was changed."],
  ])("ends when %s", async (reason, minutes, why) => {
    const { enter, statusOf, users, records, clock } = await startLogin();
    const ben = await enter("ben", "battery staple");
    const cookie = await enter();
    expect(await statusOf(cookie)).toBe(200);
    if (reason.includes("account")) users.people.delete("ana");
    if (reason.includes("password")) users.add("ana", "another", ["admin"]);
    for (let i = 0; i < minutes; i++) await clock.advance(MINUTE).then(() => statusOf(ben));
    expect(await statusOf(cookie)).toBe(401);
    expect(await records(ben, "session.ended")).toMatchObject([
      { source: "system", details: { user: "ana", why } },
    ]);
  });

  test("lasts while it is used, but never longer than a session may", async () => {
    const { enter, statusOf, clock } = await startLogin();
    const cookie = await enter();
    const statuses = [];
    for (let i = 0; i < 26; i++) {
      await clock.advance(29 * MINUTE);
      statuses.push(await statusOf(cookie));
    }
    expect(statuses.indexOf(401)).toBe(24);
  });

  test("is not kept open by a page that nobody looks at", async () => {
    const { enter, statusOf, get, clock } = await startLogin();
    const cookie = await enter();
    for (let i = 0; i < 3; i++) {
      await clock.advance(10 * MINUTE);
      await statusOf(cookie, { "X-Spillway-Unattended": "1" });
      await (await get("api/events", cookie, { Accept: "text/event-stream" })).body?.cancel();
    }
    expect(await statusOf(cookie)).toBe(401);
  });

  test("follows the roles of its user", async () => {
    const { enter, get, users } = await startLogin();
    const cookie = await enter();
    users.add("ana", "correct horse", ["viewer"]);
    expect((await (await get("api/session", cookie)).json()).actor.roles).toEqual(["viewer"]);
  });

  test("in another cookie than its own is none", async () => {
    const { enter, statusOf } = await startLogin();
    const cookie = await enter();
    expect(cookie).toMatch(/^spillway_session=/);
    expect(await statusOf(`__Host-${cookie}`)).toBe(401);
    const over = (host: string) => statusOf(cookie, { Host: host, "Sec-Fetch-Site": "same-origin" });
    expect(await over("localhost:4600")).toBe(200);
    // A browser that says so sees https there, where this cookie may have been put by a sibling.
    expect(await over("ops.example")).toBe(401);
  });

  test("ends by logging out, which is on record, and so do its streams, at once", async () => {
    const { enter, post, get, statusOf, records } = await startLogin();
    const [first, second] = [await enter(), await enter()];
    const read = async (cookie: string) => (await get("api/events", cookie)).text();
    const ended = read(first);
    const gone = await post("/api/session/logout", {}, { Cookie: first, "Sec-Fetch-Site": "same-origin" });
    expect(gone.status).toBe(200);
    expect(gone.headers.get("Set-Cookie")).toMatch(/^spillway_session=; .*Max-Age=0$/);
    expect(await ended).toContain('event: bye\ndata: {"reason":"You logged out."}');
    expect([await statusOf(first), await statusOf(second)]).toEqual([401, 200]);
    expect(await records(second, "session.logout")).toMatchObject([
      { status: "success", actor: { id: "ana" } },
    ]);
  });

  test("that expires ends its streams within ten seconds", async () => {
    const { enter, get, clock, users } = await startLogin();
    const stream = (await get("api/events", await enter())).text();
    users.people.delete("ana");
    await clock.advance(10_000);
    expect(await stream).toContain('"reason":"The account is gone."');
  });

  test("whose person has other roles now goes on with those, and what was opened with the ones before ends", async () => {
    const { enter, get, clock, users, records, statusOf } = await startLogin();
    const cookie = await enter();
    const stream = (await get("api/events", cookie)).text();
    users.add("ana", "correct horse", ["viewer"]);
    await clock.advance(10_000);
    expect(await stream).toContain('"reason":"Your roles were changed."');
    expect(await statusOf(cookie)).toBe(200);
    expect((await (await get("api/session", cookie)).json()).actor.roles).toEqual(["viewer"]);
    expect(await records(cookie, "session.ended")).toEqual([]);
    const again = await get("api/events", cookie);
    await clock.advance(10_000);
    const { value } = (await again.body?.getReader().read()) ?? {};
    expect(new TextDecoder().decode(value)).toContain("retry");
  });

  test("nobody has one to end who isn't logged in", async () => {
    const { post } = await startLogin();
    await problemOf(await post("/api/session/logout"), 401);
  });
});

test("anyone is told how to get in, and nothing else", async () => {
  const { send } = await startLogin();
  const ways = await (await send("/api/session/login")).json();
  expect(ways).toMatchObject({ mode: "password", password: true, is_in: false, go_to: null });
  await problemOf(await send("/api/session"), 401);
});
