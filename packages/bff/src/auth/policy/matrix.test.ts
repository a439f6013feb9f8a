import { type Action, actions, type EndpointName, ROLES } from "@spillway/contract/table";
import { expect, test } from "vitest";
import { startApp } from "../../app.fixture.ts";
import { createPolicy } from "../index.ts";
import { openToAll } from "../modes/none.ts";
import { endpointOf, initOf, names, pathOf } from "./ask-everything.fixture.ts";

const OWN = "letters";
const HIDDEN = "payroll";

/** What the role of our own may do, on its own queue. */
const CUSTOM: readonly Action[] = ["queue.pause", "job.retry", "operation.cancel"];

const WHO = ["anonymous", "no-role", "viewer", "operator", "admin", "custom"] as const;
const MODES = ["off", "process", "queue"] as const;
type Who = (typeof WHO)[number];
type Mode = (typeof MODES)[number];

/** `in`: it was let in, whatever came of it. */
type Answer = "in" | "who" | "no" | "nothing";

/** In rising order, as the table has it. */
const LADDER: readonly string[] = ROLES;

const ROLES_OF: Record<Who, string[]> = {
  anonymous: [],
  "no-role": [],
  viewer: ["viewer"],
  operator: ["operator"],
  admin: ["admin"],
  custom: ["custom"],
};

function policyIn(mode: Mode) {
  return createPolicy({
    roles: {
      custom: {
        sees: [OWN],
        allow: [{ actions: ["queue.pause", "job.retry", "operation.cancel"], queues: ["*"] }],
        deny: [],
      },
    },
    readOnly: mode === "process",
    readOnlyQueues: mode === "queue" ? [OWN, HIDDEN] : [],
  });
}

/** The console in which nobody is known by default. */
async function world(mode: Mode) {
  const authenticator = openToAll();
  const app = await startApp({
    deps: {
      policy: policyIn(mode),
      authenticator: {
        ...authenticator,
        identify: async (request, bindings) =>
          bindings?.viewer?.name === "anonymous" ? null : authenticator.identify(request, bindings),
      },
    },
  });
  for (const queue of [OWN, HIDDEN]) app.engine.defineQueue(queue);
  await app.clock.advance(2_000);
  return app;
}

/** By the table alone. */
function expected(name: EndpointName, who: Who, mode: Mode, queue: string): Answer {
  const { action, permit, role, path, queueIn } = endpointOf(name);
  if (role === "anyone") return "in";
  if (who === "anonymous") return "who";
  const isOfQueue = path.includes("{queue}") || queueIn === "query";
  if (isOfQueue && who === "custom" && queue === HIDDEN) return "nothing";
  // Who has no role reads nothing, and acts on nothing that there were for them.
  if (isOfQueue && who === "no-role") return action === undefined ? "no" : "nothing";
  const isPermitted = permit === undefined || mayAct(who, permit);
  const isIn = action === undefined ? mayRead(who, role) && isPermitted : mayAct(who, action);
  if (!isIn) return "no";
  if (action === undefined || action.startsWith("session.")) return "in";
  if (mode === "process") return "no";
  return mode === "queue" && isOfQueue ? "no" : "in";
}

function mayRead(who: Who, role: (typeof ROLES)[number]): boolean {
  if (who === "custom") return true;
  return LADDER.indexOf(role) <= LADDER.indexOf(who);
}

function mayAct(who: Who, action: Action): boolean {
  if (who === "custom") return CUSTOM.includes(action) || action === "session.name";
  return LADDER.indexOf(actions[action].role) <= LADDER.indexOf(who);
}

/** A read that is of the queue its query names asks of that one. */
function askOf(name: EndpointName, queue: string): string {
  const path = pathOf(name, queue);
  return endpointOf(name).queueIn === "query" ? `${path}?queue=${queue}` : path;
}

async function answerOf(reply: Response): Promise<Answer> {
  if (reply.headers.get("Content-Type")?.startsWith("text/event-stream")) {
    await reply.body?.cancel();
    return "in";
  }
  const text = await reply.text();
  if (reply.status === 401) return "who";
  if (reply.status === 403) return "no";
  return reply.status === 404 && text.includes("There is no queue") ? "nothing" : "in";
}

test.each(MODES)("attack 2: every route answers everyone as the table says; read-only: %s", async (mode) => {
  const app = await world(mode);
  const differences: unknown[] = [];
  let cells = 0;
  for (const name of names)
    for (const who of WHO)
      for (const queue of [OWN, HIDDEN]) {
        if (endpointOf(name).role === "anyone") continue;
        const reply = await app.send(askOf(name, queue), initOf(name), { name: who, roles: ROLES_OF[who] });
        const answer = await answerOf(reply);
        const wanted = expected(name, who, mode, queue);
        cells++;
        if (answer !== wanted) differences.push({ name, who, queue, wanted, answer, status: reply.status });
      }
  expect(differences).toEqual([]);
  expect(cells).toBe(names.filter((name) => endpointOf(name).role !== "anyone").length * 12);
  await app.close();
});

test("what anyone may ask answers everyone alike", async () => {
  const app = await world("process");
  for (const name of names.filter((one) => endpointOf(one).role === "anyone")) {
    const statuses = new Set<number>();
    for (const who of WHO)
      statuses.add(
        (await app.send(pathOf(name, OWN), initOf(name), { name: who, roles: ROLES_OF[who] })).status,
      );
    expect([name, statuses.size]).toEqual([name, 1]);
  }
  await app.close();
});
