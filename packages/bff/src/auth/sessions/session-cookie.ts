/**
 * The best cookie that fits how the console is reached. Browsers keep `__Host-` ones only over https and for the whole host, and
 * in return no sibling and no plain-http page can set them.
 */
const ON_HOST = "__Host-spillway_session";
/** Over https below a path, so that other applications on the host don't get it. */
const BELOW_PATH = "__Secure-spillway_session";
/** Over plain http. */
const PLAIN = "spillway_session";
const SAFEST_FIRST = [ON_HOST, BELOW_PATH, PLAIN] as const;

export type SessionCookieName = (typeof SAFEST_FIRST)[number];

/** A browser says with each POST of a page from where it comes, and so whether it sees https, whatever proxy ended TLS. */
export function cookieNameFor(request: Request, basePath: string): SessionCookieName {
  if (!(request.headers.get("Origin") ?? request.url).startsWith("https:")) return PLAIN;
  return basePath === "/" ? ON_HOST : BELOW_PATH;
}

/** The `Set-Cookie` that keeps a session's secret until the browser is closed, out of reach of scripts and other sites. */
export function sessionCookie(name: SessionCookieName, secret: string, basePath: string): string {
  const secure = name === PLAIN ? "" : "; Secure";
  return `${name}=${secret}; Path=${basePath}; HttpOnly; SameSite=Strict${secure}`;
}

/** The `Set-Cookie` that takes it back. */
export function endedCookie(name: SessionCookieName, basePath: string): string {
  return `${sessionCookie(name, "", basePath)}; Max-Age=0`;
}

/** What may be the secret of a session in a request, the safest place first. */
export function sessionSecrets(request: Request): { name: SessionCookieName; secret: string }[] {
  const pairs = (request.headers.get("Cookie") ?? "").split(";").map((pair) => pair.trim());
  return SAFEST_FIRST.filter((name) => name !== PLAIN || !isSurelyHttps(request)).flatMap((name) =>
    pairs
      .filter((pair) => pair.startsWith(`${name}=`))
      .map((pair) => ({ name, secret: pair.slice(name.length + 1) })),
  );
}

/**
 * Browsers send Sec-Fetch-Site only over https and to their own machine. There a plain cookie is none of ours: a page of a sibling
 * host may have put it there, to have somebody work in another's name.
 */
function isSurelyHttps(request: Request): boolean {
  const host = (request.headers.get("Host") ?? new URL(request.url).host).replace(/:\d+$/, "");
  return request.headers.has("Sec-Fetch-Site") && !/^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(host);
}
