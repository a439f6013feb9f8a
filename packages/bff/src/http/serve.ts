import { canonicalJson } from "@spillway/contract/audit";
import { unshield } from "@spillway/contract/paths";
import { jobAction, schemas } from "@spillway/contract/schemas";
import {
  type Action,
  type AskName,
  type Endpoint,
  type EndpointName,
  endpoints,
  type ReadName,
  type WriteName,
} from "@spillway/contract/table";
import { Hono } from "hono";
import { type Actor, type Authenticator, identify, type Policy } from "../auth/index.ts";
import { type Attempt, type Door, keyOf } from "../commands/index.ts";
import type { Logger } from "../deps.ts";
import type { Limiter } from "../limits/index.ts";
import type { Redactor } from "../redaction/index.ts";
import { readJson } from "./body.ts";
import { type AllowedHosts, checkHost, checkSize, checkWrite } from "./guard.ts";
import type {
  AppContext,
  AppEnv,
  Ask,
  Handlers,
  PathTexts,
  ReadAsk,
  Reads,
  WriteAsk,
  Writes,
} from "./handlers.ts";
import { addHeaders, requestIdOf } from "./headers.ts";
import { attemptOf, onRecord, queueOf, UNFORESEEN } from "./on-record.ts";
import { parseOrThrow, rawQuery } from "./parse.ts";
import { noQueue, ProblemError, problemBody, toProblemError, toResponse } from "./problem.ts";
import { createRefusals } from "./refusals.ts";
import { addSignOn } from "./sign-on.ts";

export interface ServeOptions {
  /** What answers them, by what they are shown. */
  handlersFor: (actor: Actor) => Handlers;
  door: Door;
  authenticator: Authenticator;
  policy: Policy;
  limiter: Limiter;
  /** `/` or with slashes at both ends. */
  basePath: string;
  allowedHosts: AllowedHosts;
  hsts: boolean;
  sha256: (text: string) => string;
  log: Logger;
  redactor: Redactor;
  /** The address of whoever sent a request, where the runtime knows it. */
  peerAddress: (bindings: unknown) => string | null;
}

const NO_PARAMS: PathTexts = {
  queue: "",
  job_id: "",
  schedule_id: "",
  audit_id: "",
  trouble_id: "",
  marker_id: "",
  operation_id: "",
  token: "",
};

/** Serves the table: each endpoint checked, decoded, parsed, handled and answered in the same way. */
export function serve(options: ServeOptions): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  addChecks(app, options);
  addSignOn(app, options);
  const base = options.basePath.replace(/\/$/, "");
  const methods = new Map<string, string[]>();
  for (const [name, endpoint] of literalFirst(Object.entries<Endpoint>(endpoints))) {
    const path = base + endpoint.path.replaceAll(/\{(\w+)\}/g, ":$1");
    methods.set(path, [...(methods.get(path) ?? []), endpoint.method]);
    const answer = isWrite(name) ? (c: AppContext) => write(options, name, c) : reader(options, name);
    app.on(endpoint.method, path, answer);
  }
  for (const [path, allowed] of methods)
    app.all(path, (c) => {
      const detail = `${c.req.method} is not possible here; ${allowed.join(" and ")} is.`;
      throw new ProblemError("not_found", detail, { status: 405, headers: { Allow: allowed.join(", ") } });
    });
  return app;
}

/** `/api/audit/export` before `/api/audit/{audit_id}`, which would take it for an id. */
function literalFirst<E extends [string, Endpoint]>(entries: E[]): E[] {
  const rank = (path: string): number => path.split("{").length;
  return entries.sort(([, a], [, b]) => rank(a.path) - rank(b.path));
}

function isWrite(name: string): name is WriteName {
  return name in endpoints && "action" in endpoints[name as EndpointName];
}

function isAsk(name: ReadName): name is AskName {
  return endpoints[name].method === "POST";
}

function reader(options: ServeOptions, name: string): (c: AppContext) => Promise<Response> {
  // Every name of the table that is no write is a read.
  return (c) => read(options, name as ReadName, c);
}

/** What holds for every request, known path or not. */
function addChecks(app: Hono<AppEnv>, options: ServeOptions): void {
  const { allowedHosts, hsts, limiter, log, redactor } = options;
  const answer = (problem: ProblemError, requestId: string): Response =>
    toResponse(problemBody(problem, requestId), redactor);
  const refuse = createRefusals(options);
  const health = healthPaths(options.basePath);
  app.use("*", async (c, next) => {
    c.set("requestId", requestIdOf(c.req.raw, redactor));
    await next();
    addHeaders(c.res.headers, c.var.requestId, hsts);
  });
  app.use("*", async (c, next) => {
    if (!health.has(c.req.path)) limiter.admitAddress(options.peerAddress(c.env));
    checkSize(c.req.raw);
    try {
      checkHost(c.req.raw, allowedHosts);
      if (c.req.method !== "GET" && c.req.method !== "HEAD") checkWrite(c.req.raw, allowedHosts);
    } catch (error) {
      throw await refuse(c, error);
    }
    await next();
  });
  app.notFound((c) => {
    const problem = new ProblemError("not_found", "There is nothing at this address.");
    return answer(problem, c.var.requestId);
  });
  app.onError((error, c) => {
    const problem = toProblemError(error);
    if (problem) return answer(problem, c.var.requestId);
    const isGone = c.req.raw.signal.aborted;
    if (!isGone)
      log.error("A request failed in a way nobody foresaw.", {
        error,
        path: c.req.path,
        requestId: c.var.requestId,
      });
    return answer(UNFORESEEN, c.var.requestId);
  });
}

/** Whoever looks after this process must learn how it is while somebody floods it. */
function healthPaths(basePath: string): ReadonlySet<string> {
  return new Set([endpoints.getLivez, endpoints.getReadyz].map(({ path }) => basePath + path.slice(1)));
}

async function read<N extends ReadName>(options: ServeOptions, name: N, c: AppContext): Promise<Response> {
  const ask = await askOf(options, name, c);
  if (!options.policy.mayRead(ask.actor, endpoints[name]))
    throw new ProblemError("forbidden", "Reading this is not allowed to you.");
  checkSight(options, name, ask);
  const handlers: Reads = options.handlersFor(ask.actor);
  const body = isAsk(name)
    ? { body: parseOrThrow(schemas[name].body, await readJson(c.req.raw), "body") }
    : {};
  const { limiter, peerAddress } = options;
  const done = await limiter.takeTurn(name, ask.actor, peerAddress(c.env), c.req.raw.signal);
  try {
    return await onRecord(options, name, ask, async (on) => {
      // Parsed by this endpoint's own schemas, which the compiler can't follow through a type parameter.
      const answer = await handlers[name]({ ...ask, ...body, ...on } as ReadAsk<N>);
      return answer instanceof Response ? answer : Response.json(answer);
    });
  } finally {
    done();
  }
}

async function write<N extends WriteName>(options: ServeOptions, name: N, c: AppContext): Promise<Response> {
  const ask = await askOf(options, name, c);
  const raw = await readJson(c.req.raw);
  const body: WriteAsk<WriteName>["body"] = parseOrThrow(schemas[name].body, raw, "body");
  const handlers: Writes = options.handlersFor(ask.actor);
  // See the answer of a read.
  const command = await handlers[name]({ ...ask, body: body as WriteAsk<N>["body"] });
  const endpoint: Endpoint = endpoints[name];
  const attempt: Attempt = {
    ...attemptOf(options, c, body),
    action: actionOf(name, body),
    actor: command.actor ?? ask.actor,
    // What anyone may do is kept under no name: it lets people in.
    key: endpoint.role === "anyone" ? null : keyFrom(c, ask.actor.id, options.redactor),
    fingerprint: options.sha256(`${c.req.path} ${canonicalJson(raw)}`),
  };
  return toResponse(await options.door.run(attempt, command), options.redactor);
}

/** What goes on record of a key is no secret either; two keys stay two. */
function keyFrom(c: AppContext, actorId: string, { value }: Redactor): Attempt["key"] {
  const key = keyOf(c.req.header("Idempotency-Key") ?? null, actorId);
  return key && { own: value(key.own), scoped: key.scoped };
}

/** Where the body names the action, that is what must be allowed and goes on record. */
function actionOf(name: WriteName, body: object): Action {
  const endpoint: Endpoint = endpoints[name];
  const named = endpoint.actionIn === "body" ? jobAction.parse(Reflect.get(body, "action")) : null;
  return named ?? endpoints[name].action;
}

/** A queue that somebody may not see is not there for them, whether there is one of this name or not. */
function checkSight({ policy }: ServeOptions, name: EndpointName, ask: Ask<EndpointName>): void {
  const queue = queueOf(name, ask);
  if (queue !== null && !policy.sees(ask.actor, queue)) throw noQueue(queue);
}

async function askOf<N extends EndpointName>(
  { authenticator, limiter, peerAddress }: ServeOptions,
  name: N,
  c: AppContext,
): Promise<Ask<N>> {
  const actor = await identify(authenticator, endpoints[name], c.req.raw, c.env);
  limiter.admit(name, actor, peerAddress(c.env));
  const { searchParams } = new URL(c.req.url);
  const schema = schemas[name].query;
  const query: Ask<EndpointName>["query"] = parseOrThrow(schema, rawQuery(schema, searchParams), "query");
  return {
    params: { ...NO_PARAMS, ...mapValues(c.req.param(), unshield) },
    // See the answer of a read.
    query: query as Ask<N>["query"],
    actor,
    c,
  };
}

function mapValues(texts: Record<string, string>, map: (text: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, map(text)]));
}
