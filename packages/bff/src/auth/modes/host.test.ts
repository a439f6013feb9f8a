import { createManualClock } from "@spillway/engine-embedded";
import { describe, expect, test } from "vitest";
import { problemOf, START, startApp } from "../../app.fixture.ts";
import { type HostPerson, hostMode } from "./host.ts";

const ANA: HostPerson = { id: "7", name: "Ana", roles: ["viewer"], session: "web-1" };

async function world(authorize: (request: Request) => HostPerson | null | Promise<HostPerson | null>) {
  const clock = createManualClock(START);
  const app = await startApp({
    clock,
    deps: { authenticator: hostMode({ authorize, clock, remedy: "Log in to the shop." }) },
  });
  return app;
}

test("the process around the console tells who asks", async () => {
  const { send } = await world(({ headers }) => (headers.get("X-App-User") === "7" ? ANA : null));
  const session = await (await send("/api/session", { headers: { "X-App-User": "7" } })).json();
  expect(session).toMatchObject({
    actor: { id: "7", name: "Ana", verified: true, roles: ["viewer"] },
    auth: { mode: "host", can_log_out: false },
  });
  expect((await problemOf(await send("/api/session"), 401)).detail).toBe("Log in to the shop.");
});

describe("an open stream ends within ten seconds", () => {
  test.each<[string, () => HostPerson | null | Promise<HostPerson | null>]>([
    ["of the end of its login", () => null],
    ["of another person in its place", () => ({ ...ANA, id: "8" })],
    ["of another login", () => ({ ...ANA, session: "web-2" })],
    ["of other roles", () => ({ ...ANA, roles: ["admin"] })],
    ["of a failure to tell who it is", () => Promise.reject(new Error("no database"))],
    ["of no answer", () => new Promise(() => undefined)],
  ])("%s", async (_, later) => {
    let answer: () => HostPerson | null | Promise<HostPerson | null> = () => ANA;
    const { send, clock, close } = await world(() => answer());
    const stream = (await send("/api/events?topic=markers")).text();
    await clock.advance(60_000);
    answer = later;
    await clock.advance(10_000);
    const text = await stream;
    // A minute of beats, and no more.
    expect(text.match(/^:/gm)?.length).toBe(4);
    expect(text).toMatch(/event: bye\ndata: .*application around this console/);
    await close();
  });

  test("and nobody is asked about any more that left", async () => {
    let asked = 0;
    const { send, clock, close } = await world(() => {
      asked++;
      return ANA;
    });
    const stream = await send("/api/events");
    await clock.advance(20_000);
    expect(asked).toBe(5);
    await stream.body?.cancel();
    await clock.advance(60_000);
    expect(asked).toBe(5);
    await close();
  });
});
