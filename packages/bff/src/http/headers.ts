import { contentPolicy } from "@spillway/contract/content-policy";
import type { Redactor } from "../redaction/index.ts";

/** What no page here needs; what is not named stays with the browser's default for the page itself. */
const NOT_NEEDED = [
  "accelerometer",
  "camera",
  "clipboard-read",
  "display-capture",
  "geolocation",
  "gyroscope",
  "hid",
  "idle-detection",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "screen-wake-lock",
  "serial",
  "usb",
];

const SECURITY_HEADERS: Record<string, string> = {
  "Content-Security-Policy": contentPolicy(),
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Permissions-Policy": NOT_NEEDED.map((feature) => `${feature}=()`).join(", "),
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Frame-Options": "DENY",
};

/** A year. It binds the whole host, and can't be taken back for as long. */
const HSTS = "max-age=31536000";

/** The headers that every reply carries, whatever it is. `hsts`: whoever installs says that this host is always reached by TLS. */
export function addHeaders(headers: Headers, requestId: string, hsts: boolean): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) headers.set(name, value);
  if (hsts) headers.set("Strict-Transport-Security", HSTS);
  headers.set("X-Request-Id", requestId);
  // The stream says its own, which proxies need; nothing else here may be kept by anyone.
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
}

/** A caller's own id for the request, if it is harmless in a log and no secret; else a new one. */
export function requestIdOf(request: Request, { value }: Redactor): string {
  const given = request.headers.get("X-Request-Id") ?? "";
  return /^[\w.:-]{1,64}$/.test(given) && value(given) === given ? given : crypto.randomUUID();
}
