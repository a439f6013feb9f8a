import { isIP } from "node:net";
import { isLinkLocal } from "@spillway/bff/node";
import { z } from "zod";
import { UsageError } from "./usage-error.ts";
import { REFUSED, type Refused } from "./values.ts";

const webhook = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .transform((text) => new URL(text))
  // A login would be shown in process lists; there is a variable for it.
  .refine(({ username, password, hash }) => username === "" && password === "" && hash === "")
  .refine((url) => url.protocol === "https:" || isWithinNetwork(hostOf(url)))
  .refine((url) => !isLinkLocal(hostOf(url)));

/** The URL of an audit webhook: where who did what may be sent to. */
export function parseWebhook(text: string): string | Refused {
  const parsed = webhook.safeParse(text);
  return parsed.success ? parsed.data.href : REFUSED;
}

/** An address as one writes it elsewhere, without the brackets of a URL. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.+)\]$/, "$1");

/** Loopback, private addresses, names without a dot and those that only exist inside. */
function isWithinNetwork(host: string): boolean {
  if (isIP(host) === 4) return /^(?:127|10)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\./.test(host);
  if (isIP(host) === 6) return host === "::1" || /^f[cd]/.test(host);
  return !host.includes(".") || /\.(?:local|internal|lan|localhost|home\.arpa)$/.test(host);
}

export const WEBHOOK_SECRET = "SPILLWAY_AUDIT_WEBHOOK_SECRET";
export const OTLP_SECRET = "SPILLWAY_OTLP_SECRET";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The value of the webhook's Authorization header: what the variable says if it names its scheme (`Splunk 1234`), else as a
 * bearer token. Throws {@link UsageError}, without repeating it.
 */
export function readWebhookSecret(env: Environment): string | null {
  return readSecret(env, WEBHOOK_SECRET);
}

/** The same of the collector of traces. */
export function readOtlpSecret(env: Environment): string | null {
  return readSecret(env, OTLP_SECRET);
}

function readSecret(env: Environment, name: string): string | null {
  const text = env[name] ?? "";
  if (text === "") return null;
  if (!/^[\x21-\x7e]+(?: [\x21-\x7e]+)?$/.test(text) || text.length > 2_000)
    throw new UsageError(`${name} must be a token, or a scheme and a token, in visible ASCII.`);
  return text.includes(" ") ? text : `Bearer ${text}`;
}
