import type { Redactor } from "../redaction/index.ts";

const CSP = [
  "default-src 'self'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "frame-ancestors 'none'",
  "form-action 'self'",
].join("; ");

const SECURITY_HEADERS: Record<string, string> = {
  "Content-Security-Policy": CSP,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Frame-Options": "DENY",
};

/** The headers that every reply carries, whatever it is. */
export function addHeaders(headers: Headers, requestId: string): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) headers.set(name, value);
  headers.set("X-Request-Id", requestId);
  // The stream says its own, which proxies need; nothing else here may be kept by anyone.
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
}

/** A caller's own id for the request, if it is harmless in a log and no secret; else a new one. */
export function requestIdOf(request: Request, { value }: Redactor): string {
  const given = request.headers.get("X-Request-Id") ?? "";
  return /^[\w.:-]{1,64}$/.test(given) && value(given) === given ? given : crypto.randomUUID();
}
