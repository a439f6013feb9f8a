import type { Hono } from "hono";
import { type Authenticator, nobody, type SignOn, type SignOnVerdict } from "../auth/index.ts";
import type { Command, Door } from "../commands/index.ts";
import type { Logger } from "../deps.ts";
import type { AppContext, AppEnv } from "./handlers.ts";
import { ProblemError } from "./problem.ts";

/** Below the mount point. Browsers navigate there; no page of ours is there, so they are not in the contract's table. */
export const SIGN_ON = { begin: "auth/login", finish: "auth/callback" } as const;

export interface SignOnOptions {
  authenticator: Authenticator;
  door: Door;
  basePath: string;
  peerAddress: (bindings: unknown) => string | null;
  log: Logger;
}

/** The way out to where people log in, and the way back. Whatever comes of it, they end up on the login page, which goes on from there. */
export function addSignOn(app: Hono<AppEnv>, options: SignOnOptions): void {
  const { signOn } = options.authenticator;
  if (signOn === undefined) return;
  app.get(options.basePath + SIGN_ON.begin, (c) => begin(options, signOn, c));
  app.get(options.basePath + SIGN_ON.finish, (c) => finish(options, signOn, c));
}

async function begin({ basePath, log }: SignOnOptions, signOn: SignOn, c: AppContext): Promise<Response> {
  requireGet(c);
  const next = c.req.query("next") ?? "/";
  const way = await signOn.begin(c.req.raw, next);
  if ("to" in way) return goTo(way.to, [way.cookie]);
  log.warn("Nobody can log in: the identity provider can't be asked.", { why: way.why });
  return goTo(loginPage(basePath, next, way.failed), []);
}

async function finish(options: SignOnOptions, signOn: SignOn, c: AppContext): Promise<Response> {
  requireGet(c);
  const { basePath, door } = options;
  const verdict = await signOn.finish(c.req.raw);
  const actor = verdict.is === "right" ? verdict.actor : (verdict.claimed ?? nobody("oidc"));
  const attempt = {
    action: "session.login",
    actor,
    source: "ui",
    reason: null,
    incident: null,
    ip: options.peerAddress(c.env),
    requestId: c.var.requestId,
    key: null,
    fingerprint: "",
  } as const;
  try {
    const { headers } = await door.run(attempt, commandOf(verdict, c));
    const cookie = headers["Set-Cookie"];
    const page = loginPage(basePath, verdict.next, cookie === undefined ? "not_recorded" : null);
    return goTo(page, [...verdict.forget, ...(cookie === undefined ? [] : [cookie])]);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const failed = verdict.is === "wrong" ? verdict.failed : "not_recorded";
    return goTo(loginPage(basePath, verdict.next, failed), verdict.forget);
  }
}

function commandOf(verdict: SignOnVerdict, c: AppContext): Command<object> {
  const about = { queue: null, jobId: null };
  if (verdict.is === "wrong")
    return {
      ...about,
      details: { why: verdict.why },
      refuse: new ProblemError("unauthenticated", verdict.why),
    };
  return {
    ...about,
    actor: verdict.actor,
    async act(notes) {
      const { actor, cookie } = verdict.open(c.req.raw);
      notes.session = actor.session;
      return { affected: 1, reply: {}, headers: { "Set-Cookie": cookie } };
    },
  };
}

function requireGet(c: AppContext): void {
  if (c.req.raw.method !== "GET")
    throw new ProblemError("not_found", "Only GET is possible here.", {
      status: 405,
      headers: { Allow: "GET" },
    });
}

/** That page alone decides what of `next` may be gone to. */
function loginPage(basePath: string, next: string, failed: string | null): string {
  const query = new URLSearchParams({ next, ...(failed !== null && { failed }) });
  return `${basePath}login?${query}`;
}

function goTo(to: string, cookies: readonly string[]): Response {
  const headers = new Headers({ Location: to });
  for (const cookie of cookies) headers.append("Set-Cookie", cookie);
  return new Response(null, { status: 303, headers });
}
