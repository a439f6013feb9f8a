import type { QueueEngine } from "@spillway/engine";
import { expect, test } from "vitest";
import { startApp } from "../app.fixture.ts";
import { createPolicy } from "../auth/index.ts";
import { endpointOf, initOf, names, pathOf } from "../auth/policy/ask-everything.fixture.ts";

const HIDDEN = "payroll";

/** As one would write a path that is to get past a check which looks at its text. */
const VARIANTS: readonly ((path: string) => string)[] = [
  (path) => path.replaceAll("/", "%2F").replace("%2F", "/"),
  (path) => path.replaceAll("/", "%2f").replace("%2f", "/"),
  (path) => path.replace("/queues/", "/queues%2F"),
  (path) => path.replace(HIDDEN, `${HIDDEN}%2F`),
  (path) => path.replace(HIDDEN, `letters%2F..%2F${HIDDEN}`),
  (path) => path.replace(HIDDEN, `letters/../${HIDDEN}`),
  (path) => path.replace(HIDDEN, `letters/%2e%2e/${HIDDEN}`),
  (path) => path.replace(HIDDEN, `letters/%2E./${HIDDEN}`),
  (path) => path.replace(HIDDEN, `./${HIDDEN}`),
  (path) => path.replace(HIDDEN, `%2e/${HIDDEN}`),
  (path) => path.replace(HIDDEN, `letters%5C..%5C${HIDDEN}`),
  (path) => path.replace(HIDDEN, `letters\\..\\${HIDDEN}`),
  (path) => path.replaceAll("/", "\\"),
  (path) => path.replaceAll("/", "%5c").replace("%5c", "/"),
  (path) => path.replaceAll("/", "//"),
  (path) => `/${path}`,
  (path) => path.replace("/api/", "/api//"),
  (path) => path.replace("/queues/", "//queues//"),
  (path) => `${path.split("?")[0]}/`,
  (path) => `${path.split("?")[0]}//`,
  (path) => `${path.split("?")[0]}/.`,
  (path) => `${path.split("?")[0]}/x/..`,
  (path) => `${path.split("?")[0]}%00`,
  (path) => `${path.split("?")[0]};a=b`,
  (path) => `${path.split("?")[0]}%20`,
  (path) => `${path.split("?")[0]}%3Fx=1`,
  (path) => `${path.split("?")[0]}%23x`,
  (path) => `${path}#x`,
  (path) => path.replace("/api/", "/API/"),
  (path) => path.toUpperCase(),
  (path) => path.replace(HIDDEN, HIDDEN.toUpperCase()),
  (path) => path.replace(HIDDEN, "p%61yroll"),
  (path) => path.replace(HIDDEN, "%70%61%79%72%6f%6c%6c"),
  (path) => path.replace(HIDDEN, "%2570ayroll"),
  (path) => path.replace(HIDDEN, `~${HIDDEN}`),
  (path) => path.replace(HIDDEN, ":queue"),
  (path) => path.replace(HIDDEN, `${HIDDEN}?queue=letters`),
  (path) => `${path.split("?")[0]}?queue=${HIDDEN}`,
  (path) => path.replace("none", ":job_id"),
  (path) => path.replace(HIDDEN, `letters/../../queues/${HIDDEN}`),
  (path) => path.replace(HIDDEN, "ｐayroll"),
  (path) => path.replace("/api/queues", "/api/audit/../queues"),
];

const WRITES = /^(?:pause|resume|drain|clean|retry|cancel|remove|promote|run|act|hold|restore|purge|empty)/i;

/** Names what is asked of the engine about the hidden queue, and what would change anything. */
function watched(calls: { read: string[]; written: string[] }) {
  return (engine: QueueEngine): QueueEngine =>
    new Proxy(engine, {
      get(target, key) {
        const part: unknown = Reflect.get(target, key);
        if (typeof part !== "function") return part;
        return (...args: unknown[]) => {
          if (String(args[0]).toLowerCase() === HIDDEN) calls.read.push(String(key));
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
  for (const queue of ["letters", HIDDEN]) app.engine.defineQueue(queue);
  await app.clock.advance(2_000);
  const ask = async (path: string, init: RequestInit, roles: string[]) => {
    const reply = await app.send(path, init, { name: "Ben", roles });
    if (reply.headers.get("Content-Type")?.startsWith("text/event-stream")) await reply.body?.cancel();
    else if (reply.ok) return (await reply.text()).includes(HIDDEN) ? "told" : "nothing";
    return "nothing";
  };
  let asked = 0;
  const told: string[] = [];
  for (const name of names)
    for (const vary of VARIANTS) {
      const path = vary(pathOf(name, HIDDEN));
      if ((await ask(path, initOf(name), ["own"])) === "told" && !path.includes(`?queue=${HIDDEN}`))
        told.push(path);
      asked++;
    }
  expect({ told, read: calls.read }).toEqual({ told: [], read: [] });
  calls.written.length = 0;
  for (const name of names.filter((one) => endpointOf(one).action !== undefined))
    for (const vary of VARIANTS) await ask(vary(pathOf(name, HIDDEN)), initOf(name), ["viewer"]);
  expect(calls.written).toEqual([]);
  expect(asked).toBe(names.length * VARIANTS.length);
  expect(VARIANTS.length).toBeGreaterThanOrEqual(40);
  await app.close();
});
