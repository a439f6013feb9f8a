import type { QueueEngine } from "@spillway/engine";
import { expect, test } from "vitest";
import { startApp } from "../app.fixture.ts";
import { createPolicy } from "../auth/index.ts";
import { endpointOf, initOf, names, pathOf } from "../auth/policy/ask-everything.fixture.ts";
import { ODD_QUEUE, VARIANTS } from "./odd-paths.fixture.ts";

const WRITES = /^(?:pause|resume|drain|clean|retry|cancel|remove|promote|run|act|hold|restore|purge|empty)/i;

/** Names what is asked of the engine about the hidden queue, and what would change anything. */
function watched(calls: { read: string[]; written: string[] }) {
  return (engine: QueueEngine): QueueEngine =>
    new Proxy(engine, {
      get(target, key) {
        const part: unknown = Reflect.get(target, key);
        if (typeof part !== "function") return part;
        return (...args: unknown[]) => {
          if (String(args[0]).toLowerCase() === ODD_QUEUE) calls.read.push(String(key));
          if (WRITES.test(String(key))) calls.written.push(String(key));
          return part.apply(target, args);
        };
      },
    });
}

test("attack 3: no odd path gets past a check, on any route", async () => {
  const calls = { read: [] as string[], written: [] as string[] };
  const policy = createPolicy({
    roles: { own: { sees: ["letters"], allow: [{ actions: ["*"], queues: ["*"] }], deny: [] } },
  });
  const app = await startApp({ deps: { policy }, wrapEngine: watched(calls) });
  for (const queue of ["letters", ODD_QUEUE]) app.engine.defineQueue(queue);
  await app.clock.advance(2_000);
  const ask = async (path: string, init: RequestInit, roles: string[]) => {
    const reply = await app.send(path, init, { name: "Ben", roles });
    if (reply.headers.get("Content-Type")?.startsWith("text/event-stream")) await reply.body?.cancel();
    else if (reply.ok) return (await reply.text()).includes(ODD_QUEUE) ? "told" : "nothing";
    return "nothing";
  };
  let asked = 0;
  const told: string[] = [];
  for (const name of names)
    for (const vary of VARIANTS) {
      const path = vary(pathOf(name, ODD_QUEUE));
      if ((await ask(path, initOf(name), ["own"])) === "told" && !path.includes(`?queue=${ODD_QUEUE}`))
        told.push(path);
      asked++;
    }
  expect({ told, read: calls.read }).toEqual({ told: [], read: [] });
  calls.written.length = 0;
  for (const name of names.filter((one) => endpointOf(one).action !== undefined))
    for (const vary of VARIANTS) await ask(vary(pathOf(name, ODD_QUEUE)), initOf(name), ["viewer"]);
  expect(calls.written).toEqual([]);
  expect(asked).toBe(names.length * VARIANTS.length);
  expect(VARIANTS.length).toBeGreaterThanOrEqual(40);
  await app.close();
});
