import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { AuditList, QueueDetail } from "@spillway/contract/schemas";
import { ask } from "./fixtures/ask.ts";
import { introduce } from "./fixtures/person.ts";
import { expect, test } from "./fixtures/test.ts";

/** What a page of somebody else may try on a console that its visitor has open: each ends, whatever comes of it. */
async function attack(console: string): Promise<string[]> {
  const read: string[] = [];
  const pause = `${console}/api/queues/webhooks/pause`;
  const types = ["text/plain", "application/x-www-form-urlencoded", "application/json"];
  for (const mode of ["no-cors", "cors"] as const)
    for (const type of types)
      for (const extra of [{}, { "x-spillway-request": "1" }])
        await fetch(pause, {
          method: "POST",
          mode,
          credentials: "include",
          headers: { "content-type": type, ...extra },
          body: "{}",
        }).then(
          async (reply) => read.push(await reply.text()),
          () => {},
        );
  navigator.sendBeacon(pause, new Blob(["{}"], { type: "text/plain" }));
  for (const enctype of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
    const form = document.body.appendChild(document.createElement("form"));
    const frame = document.body.appendChild(document.createElement("iframe"));
    Object.assign(frame, { name: `frame-${enctype}` });
    Object.assign(form, { method: "post", action: pause, enctype, target: frame.name });
    const field = form.appendChild(document.createElement("input"));
    Object.assign(field, { name: '{"reason":"', value: '"}' });
    form.submit();
  }
  for (const path of ["/api/queues", "/api/audit", "/api/session"])
    await fetch(console + path, { credentials: "include" }).then(
      async (reply) => read.push(await reply.text()),
      () => {},
    );
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  return read.filter((text) => text !== "");
}

test("attack 5: pages of another origin, of another port and of a sibling change nothing and read nothing", async ({
  browser,
  spillway,
}) => {
  test.setTimeout(120_000);
  const { url } = await spillway.embedded({ args: ["--allowed-host", "console.ops.localhost"] });
  const { port } = new URL(url);
  const evil = createServer((_, reply) =>
    reply.setHeader("content-type", "text/html").end("<body>hello</body>"),
  );
  evil.listen(0, "127.0.0.1");
  await once(evil, "listening");
  await using _ = { [Symbol.asyncDispose]: async () => void evil.close() };
  const evilPort = (evil.address() as AddressInfo).port;
  const victim = `http://console.ops.localhost:${port}`;
  // Nobody watches this browser for complaints: that it refuses is what it is for.
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${victim}/queues/webhooks`);
  await introduce(page, "ana");
  expect(await context.cookies(victim)).not.toEqual([]);

  const ends: string[] = [];
  page.on("requestfailed", (request) => {
    if (request.method() === "POST") ends.push(request.failure()?.errorText ?? "");
  });
  for (const host of ["evil.example.localhost", "sibling.ops.localhost", "console.ops.localhost"]) {
    await page.goto(`http://${host}:${evilPort}/`);
    expect(await page.evaluate(attack, victim), host).toEqual([]);
    await page.goto("about:blank");
  }
  expect((await ask<QueueDetail>(url, "/queues/webhooks")).paused).toBe(false);
  const { items } = await ask<AuditList>(url, "/audit?queue=webhooks");
  expect(items.filter(({ status }) => status !== "failed")).toEqual([]);
  // They did arrive: the browser kept the answers, which are for pages of the console alone.
  expect(ends).toContain("net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin");
  await context.close();
});
