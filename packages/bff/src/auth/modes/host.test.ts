import { expect, test } from "vitest";
import { problemOf, startApp } from "../../app.fixture.ts";
import { hostMode } from "./host.ts";

test("the process around the console tells who asks", async () => {
  const authenticator = hostMode({
    authorize: ({ headers }) =>
      headers.get("X-App-User") === "7"
        ? { id: "7", name: "Ana", roles: ["viewer"], session: "web-1" }
        : null,
    remedy: "Log in to the shop.",
  });
  const { send } = await startApp({ deps: { authenticator } });
  const session = await (await send("/api/session", { headers: { "X-App-User": "7" } })).json();
  expect(session).toMatchObject({
    actor: { id: "7", name: "Ana", verified: true, roles: ["viewer"] },
    auth: { mode: "host", can_log_out: false },
  });
  expect((await problemOf(await send("/api/session"), 401)).detail).toBe("Log in to the shop.");
});
