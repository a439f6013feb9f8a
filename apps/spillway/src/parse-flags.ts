import { OIDC_SECRET_ENV, PROXY_SECRET_ENV } from "./access/access.ts";
import { type AccountOrder, parseAccount } from "./access/account-order.ts";
import { type Ask, isVerb, parseAsk } from "./cli/parse-ask.ts";
import { envName, FLAGS, type Flag, type FlagName, type FlagValues, flagNames } from "./flags.ts";
import { nearest } from "./nearest.ts";
import { parseVerify, type VerifyOrder } from "./parse-verify.ts";
import { UsageError } from "./usage-error.ts";
import { REFUSED } from "./values.ts";
import { readOtlpSecret, readWebhookSecret } from "./webhook-url.ts";

export interface ParsedFlags {
  values: FlagValues;
  /** Which settings somebody gave, and where: `--port` or `SPILLWAY_PORT`. */
  given: ReadonlyMap<FlagName, string>;
  /** What is sent to the audit webhook as Authorization; from the environment only, as arguments are seen by all. */
  webhookSecret: string | null;
  /** By which trusted proxies prove themselves; from the environment only too. */
  proxySecret: string | null;
  /** What proves this console to the OpenID provider. */
  oidcSecret: string | null;
  /** What is sent to the collector of traces as Authorization. */
  otlpSecret: string | null;
}

export type Command =
  | { kind: "help" }
  | { kind: "version" }
  | { kind: "verify"; order: VerifyOrder }
  | { kind: "account"; order: AccountOrder }
  | { kind: "ask"; ask: Ask }
  | { kind: "run"; flags: ParsedFlags };

/** A setting as it was given: where, for messages, and its text. */
export interface Given {
  source: string;
  text: string;
}

export type Secrets = Pick<ParsedFlags, "webhookSecret" | "proxySecret" | "oidcSecret" | "otlpSecret">;

/** Reads arguments and environment. Throws {@link UsageError} in one line that names the flag and what it takes. */
export function parseCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Command {
  // Package managers pass the separator on.
  const rest = args[0] === "--" ? args.slice(1) : args;
  if (rest.includes("--help") || rest.includes("-h")) return { kind: "help" };
  if (rest.includes("--version") || rest.includes("-v")) return { kind: "version" };
  if (rest[0] === "audit" && rest[1] === "verify")
    return { kind: "verify", order: parseVerify(rest.slice(2)) };
  if (rest[0] === "user" || rest[0] === "token")
    return { kind: "account", order: parseAccount(rest[0], rest.slice(1), env) };
  if (isVerb(rest[0])) return { kind: "ask", ask: parseAsk(rest[0], rest.slice(1), env) };
  const given = readEnvironment(env);
  for (const [name, text] of readArguments(rest)) given.set(name, { source: `--${name}`, text });
  const secrets: Secrets = {
    webhookSecret: readWebhookSecret(env),
    proxySecret: env[PROXY_SECRET_ENV] || null,
    oidcSecret: env[OIDC_SECRET_ENV] || null,
    otlpSecret: readOtlpSecret(env),
  };
  return { kind: "run", flags: toFlags(given, secrets) };
}

/** Checks each setting by itself. Throws {@link UsageError} in one line that names where it was given. */
export function toFlags(given: ReadonlyMap<FlagName, Given>, secrets: Secrets): ParsedFlags {
  const sources = new Map([...given].map(([name, { source }]) => [name, source]));
  return { values: readValues(given), given: sources, ...secrets };
}

function readEnvironment(env: Readonly<Record<string, string | undefined>>): Map<FlagName, Given> {
  const given = new Map<FlagName, Given>();
  for (const name of flagNames) {
    const text = env[envName(name)];
    if (text !== undefined && text !== "") given.set(name, { source: envName(name), text });
  }
  return given;
}

function readArguments(args: readonly string[]): Map<FlagName, string> {
  const texts = new Map<FlagName, string>();
  for (let index = 0; index < args.length; index += 1) {
    const [, written = "", inline] = /^--([^=]+)(?:=(.*))?$/s.exec(args[index] ?? "") ?? [];
    const name = flagNames.find((each) => each === written);
    if (name === undefined) throw unknownFlag(args[index] ?? "");
    const spec: Flag<unknown> = FLAGS[name];
    const next = args[index + 1];
    const isAlone = inline === undefined && spec.isSwitch === true && !isSwitchValue(spec, next);
    if (inline === undefined && !isAlone) index += 1;
    const text = isAlone ? "true" : (inline ?? next);
    if (text === undefined || (inline === undefined && text.startsWith("--"))) {
      throw new UsageError(`--${name} needs a value: ${spec.allowed}.`);
    }
    const before = texts.get(name);
    if (before !== undefined && !spec.repeatable)
      throw new UsageError(`--${name} was given twice; give it once.`);
    texts.set(name, before === undefined ? text : `${before}${spec.separator ?? ","}${text}`);
  }
  return texts;
}

const isSwitchValue = (spec: Flag<unknown>, text: string | undefined): boolean =>
  text !== undefined && spec.parse(text) !== REFUSED;

function unknownFlag(argument: string): UsageError {
  const shown = JSON.stringify(argument.slice(0, 80));
  if (!argument.startsWith("-")) return new UsageError(`${shown} is not a flag; --help lists them.`);
  const name = argument.replace(/^-+/, "").replace(/=.*$/s, "");
  const near = nearest(name, [...flagNames, "help", "version"]);
  const hint = near === null ? "" : ` Did you mean --${near}?`;
  return new UsageError(`There is no flag ${shown}.${hint} --help lists them.`);
}

function readValues(given: ReadonlyMap<FlagName, Given>): FlagValues {
  // Spelled out, as indexing the table by a type parameter loses which type goes with which name.
  const specs: { readonly [N in FlagName]: Flag<FlagValues[N]> } = FLAGS;
  const value = <N extends FlagName>(name: N): FlagValues[N] => {
    const spec: Flag<FlagValues[N]> = specs[name];
    const found = given.get(name);
    if (!found) return spec.fallback;
    const parsed = spec.parse(found.text);
    if (parsed !== REFUSED) return parsed;
    throw new UsageError(`${found.source} must be ${spec.allowed}, not ${shortened(name, found.text)}.`);
  };
  const entries = flagNames.map((name) => [name, value(name)]);
  return Object.fromEntries(entries) as FlagValues;
}

/** A mistyped URL may hold a password, which belongs on no screen. */
function shortened(name: FlagName, text: string): string {
  if (name === "redis" || name === "audit-webhook" || name === "otlp-endpoint") return "what was given";
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
