import { z } from "zod";
import { type Config, toConfig } from "../config.ts";
import { FLAGS, type Flag, type FlagName } from "../flags.ts";
import { nearest } from "../nearest.ts";
import { type Given, toFlags } from "../parse-flags.ts";
import { UsageError } from "../usage-error.ts";
import { OTLP_SECRET, readOtlpSecret, readWebhookSecret, WEBHOOK_SECRET } from "../webhook-url.ts";
import { hostOf } from "./host-of.ts";
import type { SpillwayOptions, SpillwaySettings } from "./public-types.ts";

/** Which flag each setting is. */
const SETTINGS = {
  engine: "engine",
  scenario: "scenario",
  redis: "redis",
  prefix: "prefix",
  queues: "queues",
  basePath: "base-path",
  allowedHost: "allowed-host",
  trustedProxy: "trusted-proxy",
  tokensFile: "tokens-file",
  rolesFile: "roles-file",
  readOnly: "read-only",
  readOnlyQueue: "read-only-queue",
  limits: "limits",
  hsts: "hsts",
  sampleInterval: "sample-interval",
  history: "history",
  expectedWorkers: "expected-workers",
  auditSize: "audit-size",
  auditFile: "audit-file",
  auditWebhook: "audit-webhook",
  auditRequired: "audit-required",
  otlpEndpoint: "otlp-endpoint",
  operationsFile: "operations-file",
  redactKeys: "redact-keys",
  noRedactKeys: "no-redact-keys",
  redactPattern: "redact-pattern",
  name: "name",
  tone: "tone",
  config: "config",
} as const satisfies Record<keyof Omit<SpillwaySettings, "auditWebhookSecret" | "otlpSecret">, FlagName>;

/** What is an option and yet no flag. */
const BESIDE: readonly string[] = ["authorize", "log", "auditWebhookSecret", "otlpSecret"];

const NO_AUTHORIZE =
  "createSpillway needs authorize: (host, request) => ({ id, name, roles }) or null; nobody gets in by default.";

/** Throws {@link UsageError} in one line that names the option and what it takes. */
export function embeddedConfig<Host>(options: SpillwayOptions<Host>): Config {
  if (typeof options?.authorize !== "function") throw new UsageError(NO_AUTHORIZE);
  const given = new Map<FlagName, Given>();
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined || BESIDE.includes(option)) continue;
    const flag = Object.entries(SETTINGS).find(([name]) => name === option)?.[1];
    if (flag === undefined) throw unknownOption(option);
    given.set(flag, { source: option, text: textOf(flag, value) });
  }
  const flags = toFlags(given, {
    webhookSecret: readWebhookSecret({ [WEBHOOK_SECRET]: options.auditWebhookSecret }),
    proxySecret: null,
    oidcSecret: null,
    otlpSecret: readOtlpSecret({ [OTLP_SECRET]: options.otlpSecret }),
  });
  const config = toConfig(flags);
  const authorize = (request: Request, bindings: unknown) => ask(options, request, bindings);
  return { ...config, access: { ...config.access, people: { by: "host", authorize } } };
}

/** As it would stand behind the flag. */
function textOf(name: FlagName, value: unknown): string {
  const { separator = "," }: Flag<unknown> = FLAGS[name];
  return Array.isArray(value) ? value.join(separator) : String(value);
}

const person = z
  .object({
    id: z.string().min(1).max(200),
    name: z.string().min(1).max(200),
    roles: z.array(z.string()),
    session: z.string().max(200).optional(),
  })
  .nullable();

async function ask<Host>({ authorize }: SpillwayOptions<Host>, request: Request, bindings: unknown) {
  const told = person.safeParse((await authorize(hostOf<Host>(bindings), request)) ?? null);
  if (told.success) {
    if (told.data === null) return null;
    const { session, ...known } = told.data;
    return { ...known, ...(session !== undefined && { session }) };
  }
  const [issue] = told.error.issues;
  throw new Error(
    `authorize must return { id, name, roles } or null: ${issue?.path.join(".")} ${issue?.message}`,
  );
}

function unknownOption(option: string): UsageError {
  const near = nearest(option, [...Object.keys(SETTINGS), ...BESIDE]);
  const hint = near === null ? "" : ` Did you mean ${near}?`;
  return new UsageError(`createSpillway has no option ${JSON.stringify(option)}.${hint}`);
}
