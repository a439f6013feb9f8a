import type { Site } from "./static.ts";

/** What `@hono/node-server` hands over beside the request: the sockets, from which a peer's address is read. */
export type Bindings = object;
export type Fetch = (request: Request, bindings?: Bindings) => Response | Promise<Response>;

const HISTORY_PAGE = "metrics/history";

/**
 * One handler for API and screens. The BFF is asked first, always: it checks the host and writes the security headers,
 * so that the site's replies carry exactly its headers and no second list of them can fall behind.
 */
export function createFrontDoor(basePath: string, bff: Fetch, site: Site): Fetch {
  return async (request, bindings) => {
    const { pathname } = new URL(request.url);
    const reply = await bff(request, bindings);
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (!isRead) return reply;
    if (!pathname.startsWith(basePath)) return redirectToBase(pathname, basePath, reply);
    const path = decodePath(pathname.slice(basePath.length));
    if (path === null || path === "api" || path.startsWith("api/")) return reply;
    if (path === HISTORY_PAGE) return answerHistory(request, reply, site);
    if (reply.status !== 404) return reply;
    const page = site.answer(path, request);
    return page ? withHeadersOf(page, reply) : reply;
  };
}

/** The metrics screen for a browser that navigates, the samples for everyone else. */
function answerHistory(request: Request, reply: Response, site: Site): Response {
  const asksForPage = (request.headers.get("Accept") ?? "").includes("text/html");
  // Who isn't known gets the page, which leads to the login.
  const isRefusal = reply.status >= 400 && reply.status < 500 && ![400, 401, 404].includes(reply.status);
  const page = asksForPage && !isRefusal ? site.answer(HISTORY_PAGE, request) : null;
  const chosen = page ? withHeadersOf(page, reply) : new Response(reply.body, reply);
  const vary = chosen.headers.get("Vary");
  if (!/(^|,)\s*accept\s*(,|$)/i.test(vary ?? "")) chosen.headers.append("Vary", "Accept");
  return chosen;
}

function redirectToBase(pathname: string, basePath: string, reply: Response): Response {
  if (reply.status !== 404 || (pathname !== "/" && `${pathname}/` !== basePath)) return reply;
  return withHeadersOf(
    new Response(null, { status: 302, headers: { Location: basePath, "Cache-Control": "no-store" } }),
    reply,
  );
}

/** Headers that describe the BFF's own body and not the exchange. */
const OF_THE_BODY = new Set([
  "content-type",
  "content-length",
  "content-encoding",
  "cache-control",
  "etag",
  "vary",
]);

function withHeadersOf(page: Response, reply: Response): Response {
  const headers = new Headers(page.headers);
  for (const [name, value] of reply.headers) if (!OF_THE_BODY.has(name)) headers.set(name, value);
  void reply.body?.cancel();
  return new Response(page.body, { status: page.status, headers });
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
