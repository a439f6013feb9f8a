import { unshield } from "@spillway/contract/paths";
import { type Action, type Endpoint, endpoints, REFUSED_ACTION } from "@spillway/contract/table";
import { type Authenticator, nobody } from "../auth/index.ts";
import { type Door, refusedIntent } from "../commands/index.ts";
import type { AppContext } from "./handlers.ts";
import { ProblemError } from "./problem.ts";

/** Of what a request says of itself, so much goes on record. Characters. */
const MOST_TEXT = 200;

interface RefusalDeps {
  door: Pick<Door, "turnAway">;
  authenticator: Authenticator;
  basePath: string;
  peerAddress: (bindings: unknown) => string | null;
}

/** What a request asked for, by its address alone. */
interface Aim {
  action: Action | typeof REFUSED_ACTION;
  queue: string | null;
  jobId: string | null;
}

/**
 * Puts requests on record that came from another site or named another host, and gives what they are answered. Anything
 * else that was thrown is given back as it is.
 */
export function createRefusals({ door, authenticator, basePath, peerAddress }: RefusalDeps) {
  const aimOf = createAims(basePath);
  return async (c: AppContext, error: unknown): Promise<unknown> => {
    const isForeign =
      error instanceof ProblemError && (error.code === "forbidden" || error.code === "misdirected");
    if (!isForeign) return error;
    const { method } = c.req;
    const path = new URL(c.req.url).pathname;
    const details = { method, path: short(path), ...claimsOf(c.req.raw.headers) };
    const aim = aimOf(method, path);
    const actor = (await authenticator.identify(c.req.raw, c.env)) ?? nobody(authenticator.mode);
    const ip = peerAddress(c.env);
    const requestId = c.var.requestId;
    return door.turnAway(
      refusedIntent({ ...aim, actor, source: sourceOf(c), ip, requestId, details }),
      error,
    );
  };
}

/** Whether a browser sent it. */
export function sourceOf(c: AppContext): "ui" | "api" {
  const { headers } = c.req.raw;
  const isBrowser = c.env?.viewer !== undefined || headers.has("Origin") || headers.has("Sec-Fetch-Site");
  return isBrowser ? "ui" : "api";
}

function claimsOf(headers: Headers): Record<string, string> {
  const claims = { host: headers.get("Host"), origin: headers.get("Origin") };
  return Object.fromEntries(
    Object.entries(claims).flatMap(([name, value]) => (value === null ? [] : [[name, short(value)]])),
  );
}

/** A write whose body names the action is not read that far. */
function createAims(basePath: string): (method: string, path: string) => Aim {
  const base = basePath.replace(/\/$/, "");
  const writes = Object.values<Endpoint>(endpoints).flatMap(({ path, action, actionIn }) =>
    action === undefined || actionIn !== undefined ? [] : [{ action, parts: `${base}${path}`.split("/") }],
  );
  return (method, path) => {
    const parts = path.split("/");
    const aim = method === "POST" ? writes.find((one) => fits(one.parts, parts)) : undefined;
    const named = (name: string): string | null => textOf(parts[aim?.parts.indexOf(name) ?? -1]);
    return { action: aim?.action ?? REFUSED_ACTION, queue: named("{queue}"), jobId: named("{job_id}") };
  };
}

function fits(pattern: readonly string[], parts: readonly string[]): boolean {
  return (
    pattern.length === parts.length &&
    pattern.every((one, i) => (one.startsWith("{") ? parts[i] !== "" : one === parts[i]))
  );
}

function textOf(segment: string | undefined): string | null {
  if (segment === undefined) return null;
  try {
    return short(unshield(decodeURIComponent(segment)));
  } catch {
    return short(segment);
  }
}

function short(text: string): string {
  return text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
}
