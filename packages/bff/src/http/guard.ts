import { ProblemError } from "./problem.ts";

/** Host names without port that this process answers to, beside those of its own machine. */
export type AllowedHosts = readonly string[];

/** Longest path and query, in characters: 20 times what any screen asks. */
const LONGEST_ADDRESS = 8_192;
/** A browser sends 20, and a chain of proxies adds some. */
const MOST_HEADERS = 100;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
const DEFAULT_PORT = /:(?:80|443)$/;
const HOST = /^(\[[0-9a-f:.]+\]|[^:[\]/@?#\s,]+)(?::(\d{1,5}))?$/;

/** 414 for an address that no page of ours has, 431 for a heap of headers. */
export function checkSize({ url, headers }: Request): void {
  if (url.length > LONGEST_ADDRESS)
    throw new ProblemError("too_large", `The address is longer than ${LONGEST_ADDRESS} characters.`, {
      status: 414,
    });
  if ([...headers.keys()].length > MOST_HEADERS)
    throw new ProblemError("too_large", `There are more than ${MOST_HEADERS} headers.`, { status: 431 });
}

/** A name that points here without our knowing (DNS rebinding) reads what it likes, unless it is refused. 421. */
export function checkHost(request: Request, allowed: AllowedHosts): void {
  const host = hostOf(request);
  const name = HOST.exec(host)?.[1];
  if (name !== undefined && (LOOPBACK.test(name) || allowed.some((one) => one.toLowerCase() === name)))
    return;
  const which =
    host === "" ? "The request names no host" : `This console does not answer to the host “${host}”`;
  throw new ProblemError("misdirected", `${which}. Name it with --allowed-host to allow it.`);
}

/** The Host header; where a runtime has none to show, the host of the URL. */
function hostOf(request: Request): string {
  return (request.headers.get("Host") ?? new URL(request.url).host).toLowerCase();
}

/**
 * A write must come from our own pages or from no browser at all. 415 without a JSON content type, 403 otherwise; the
 * detail names what was missing.
 */
export function checkWrite(request: Request, allowed: AllowedHosts): void {
  const { headers } = request;
  const type = (headers.get("Content-Type") ?? "").split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json")
    throw new ProblemError(
      "unsupported_media_type",
      "Send JSON with the header Content-Type: application/json.",
    );
  if (headers.get("X-Spillway-Request") !== "1")
    throw new ProblemError("forbidden", "The header X-Spillway-Request: 1 is missing.");
  const why = whyForeign(request, allowed);
  if (why !== null) throw new ProblemError("forbidden", why);
}

/** What goes on record in somebody's name is not for the page of another site to ask for, though it could not read the answer. 403. */
export function checkLook({ headers }: Request): void {
  const site = headers.get("Sec-Fetch-Site");
  if (site === "cross-site" || site === "same-site")
    throw new ProblemError(
      "forbidden",
      `This was asked for by a page of another site (Sec-Fetch-Site: ${site}). Ask for it in the console.`,
    );
}

function whyForeign(request: Request, allowed: AllowedHosts): string | null {
  const origin = request.headers.get("Origin");
  const site = request.headers.get("Sec-Fetch-Site");
  if (site !== null && site !== "same-origin")
    return `The request comes from another site (Sec-Fetch-Site: ${site}).`;
  if (site === "same-origin") return null;
  if (origin !== null)
    return isOwnOrigin(origin, hostOf(request), allowed)
      ? null
      : `The request comes from ${origin}, which is not this console. Name its public host with --allowed-host.`;
  return request.headers.has("Cookie")
    ? "The request carries a cookie but neither Origin nor Sec-Fetch-Site, so it can't be told where it comes from."
    : null;
}

/** The scheme says nothing: a proxy may end TLS before us. Behind one that rewrites Host, the public name must be allowed. */
function isOwnOrigin(origin: string, host: string, allowed: AllowedHosts): boolean {
  const from = /^https?:\/\/([^/?#@]+)$/.exec(origin.toLowerCase())?.[1]?.replace(DEFAULT_PORT, "");
  if (from === undefined) return false;
  return from === host.replace(DEFAULT_PORT, "") || allowed.some((one) => one.toLowerCase() === from);
}
