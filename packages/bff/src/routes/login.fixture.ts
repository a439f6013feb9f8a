import { createManualClock } from "@spillway/engine-embedded";
import { expect } from "vitest";
import { memorySink, START, sha256, startApp } from "../app.fixture.ts";
import { passwordMode } from "../auth/modes/password.ts";
import { type Person, Sessions } from "../auth/sessions/sessions.ts";

export const MINUTE = 60_000;

/** Ana and Ben with passwords in the clear: how they are hashed is told in `node/password-hash.test.ts`. */
function someUsers() {
  const people = new Map<string, Person>();
  const add = (id: string, password: string, roles: string[]) =>
    people.set(id, { id, name: id, roles, stamp: password });
  add("ana", "correct horse", ["admin"]);
  add("ben", "battery staple", ["viewer"]);
  return {
    people,
    add,
    find: (id: string) => people.get(id) ?? null,
    verify: async (id: string, password: string) => people.get(id)?.stamp === password,
  };
}

/** The app with a login. `refuses`: what its audit sink throws, as it is required. */
export async function startLogin(options: { basePath?: string; refuses?: () => boolean } = {}) {
  const { basePath = "/", refuses } = options;
  const clock = createManualClock(START);
  const users = someUsers();
  const sessions = new Sessions({
    clock,
    sha256,
    idleMs: 30 * MINUTE,
    longestMs: 12 * 60 * MINUTE,
    refresh: (person) => users.find(person.id),
  });
  const place = { address: "10.0.0.1" };
  const check = () => (refuses?.() ? Promise.reject(new Error("the disk is full")) : undefined);
  const app = await startApp({
    clock,
    // Half a day passes here: a picture a minute is enough.
    config: { basePath, allowedHosts: ["ops.example"], sampleIntervalMs: MINUTE },
    deps: {
      authenticator: passwordMode({ clock, users, sessions, basePath }),
      peerAddress: () => place.address,
      ...(refuses && { auditSinks: [memorySink([], check)], auditRequired: true }),
    },
  });
  const logIn = (user: string, password: string, headers: Record<string, string> = {}) =>
    app.post(`${basePath}api/session/login`, { user, password }, headers);
  const get = (path: string, cookie: string, headers: Record<string, string> = {}) =>
    app.send(`${basePath}${path}`, { headers: { Cookie: cookie, ...headers } });
  return {
    ...app,
    users,
    sessions,
    place,
    logIn,
    get,
    /** Logs in and gives the cookie as a browser sends it. */
    async enter(user = "ana", password = "correct horse", headers: Record<string, string> = {}) {
      const reply = await logIn(user, password, headers);
      expect(reply.status).toBe(200);
      return (reply.headers.get("Set-Cookie") ?? "").split(";", 1)[0] ?? "";
    },
    statusOf: async (cookie: string, headers: Record<string, string> = {}) =>
      (await get("api/session", cookie, headers)).status,
    records: async (cookie: string, action: string) =>
      (await (await get(`api/audit?action=${action}`, cookie)).json()).items,
  };
}
