import { DEFAULT_LIMITS, type Limits } from "@spillway/bff/limits";
import { scenarioNames } from "@spillway/engine-embedded";
import { ACCESS_FLAGS } from "./access/access-flags.ts";
import { parseLimits, shownLimits } from "./parse-limits.ts";
import { POLICY_FLAGS } from "./policy/policy-flags.ts";
import { REDACTION_FLAGS } from "./redaction-flags.ts";
import {
  type ExpectedWorkers,
  parseBasePath,
  parseDuration,
  parseExpectedWorkers,
  parseHost,
  parseInteger,
  parseList,
  parseRedisUrl,
  parseSwitch,
  REFUSED,
  type Refused,
} from "./values.ts";
import { parseWebhook } from "./webhook-url.ts";

/** One setting: `--name VALUE` or the environment variable {@link envName}; the flag wins. */
export interface Flag<T> {
  placeholder: string;
  /** What holds when nobody says anything. */
  fallback: T;
  /** The same as text, for `--help`; empty: nothing to say. */
  shown: string;
  description: string;
  /** Ends the sentence "--name must be …". */
  allowed: string;
  /** May be given several times: the same as once, separated by commas. */
  repeatable?: boolean;
  /** What stands between several in one text; default: a comma. */
  separator?: string;
  /** Needs no value: alone it says `true`. */
  isSwitch?: boolean;
  parse(text: string): T | Refused;
}

const flag = <T>(spec: Flag<T>): Flag<T> => spec;

function oneOf<const T extends string>(...names: readonly T[]) {
  const parse = (text: string): T | Refused => names.find((name) => name === text) ?? REFUSED;
  return { allowed: `one of ${names.join(", ")}`, parse };
}

export type History = { samples: number } | { ms: number };

function parseHistory(text: string): History | Refused {
  const samples = parseInteger(text, 2, MOST_SAMPLES);
  if (samples !== REFUSED) return { samples };
  const ms = parseDuration(text);
  return ms === REFUSED ? REFUSED : { ms };
}

function parseInterval(text: string): number | Refused {
  const ms = parseDuration(text);
  return ms !== REFUSED && ms >= 100 && ms <= 300_000 ? ms : REFUSED;
}

function parseHosts(text: string): string[] | Refused {
  const parts = parseList(text);
  if (parts === REFUSED) return REFUSED;
  const hosts = parts.map(parseHost).filter((host) => host !== REFUSED);
  return hosts.length === parts.length ? hosts : REFUSED;
}

const parseText = (text: string): string | Refused =>
  text.trim() === "" || text.length > 200 ? REFUSED : text.trim();

/** Samples are kept per queue, in memory. */
export const MOST_SAMPLES = 100_000;

/** Every setting of the process, once: `--help`, the environment and the checks derive from it. */
export const FLAGS = {
  engine: flag<"embedded" | "bullmq">({
    placeholder: "NAME",
    fallback: "embedded",
    shown: "embedded",
    description: "what runs the queues: embedded (in this process, to rehearse) or bullmq (on Redis)",
    ...oneOf("embedded", "bullmq"),
  }),
  scenario: flag<string>({
    placeholder: "NAME",
    fallback: "healthy",
    shown: "healthy",
    description: `what the embedded engine rehearses: ${scenarioNames.join(", ")}`,
    ...oneOf(...scenarioNames),
  }),
  redis: flag<string>({
    placeholder: "URL",
    fallback: "redis://127.0.0.1:6379",
    shown: "redis://127.0.0.1:6379",
    description: "where BullMQ keeps its queues; given alone, the engine is bullmq",
    allowed:
      "a URL like redis://user:password@host:6379/0, redis+sentinel://host:26379,host:26379/primary or redis+cluster://host:6379,host:6379; rediss… for TLS",
    parse: parseRedisUrl,
  }),
  prefix: flag<string>({
    placeholder: "TEXT",
    fallback: "bull",
    shown: "bull",
    description: "the prefix of BullMQ's keys",
    allowed: "a text of 1 to 200 characters",
    parse: parseText,
  }),
  queues: flag<string[]>({
    placeholder: "A,B",
    fallback: [],
    shown: "all that are found",
    description: "the BullMQ queues to show",
    allowed: "names separated by commas, none empty",
    repeatable: true,
    parse: parseList,
  }),
  host: flag<string>({
    placeholder: "ADDRESS",
    fallback: "127.0.0.1",
    shown: "127.0.0.1",
    description: "the address to listen on",
    allowed: "a host name or an IP address",
    parse: parseHost,
  }),
  port: flag<number>({
    placeholder: "NUMBER",
    fallback: 4600,
    shown: "4600",
    description: "the port to listen on; 0 takes a free one",
    allowed: "a whole number from 0 to 65535",
    parse: (text) => parseInteger(text, 0, 65_535),
  }),
  "base-path": flag<string>({
    placeholder: "PATH",
    fallback: "/",
    shown: "/",
    description: "where the console is mounted, as browsers see it",
    allowed: "a path like /ops/queues of letters, digits and . _ ~ -",
    parse: parseBasePath,
  }),
  "allowed-host": flag<string[]>({
    placeholder: "NAME",
    fallback: [],
    shown: "loopback names",
    description: "a further host name that browsers may call this process by; may be repeated",
    allowed: "a host name without port",
    repeatable: true,
    parse: parseHosts,
  }),
  hsts: flag<boolean>({
    placeholder: "",
    fallback: false,
    shown: "",
    description:
      "tell browsers to reach this host by TLS only, for a year; only where that is true of the whole host",
    allowed: "true or false, or given alone",
    isSwitch: true,
    parse: parseSwitch,
  }),
  limits: flag<Limits | null>({
    placeholder: "NAME=NUMBER,…|off",
    fallback: DEFAULT_LIMITS,
    shown: shownLimits(DEFAULT_LIMITS),
    description:
      "how much one person may ask a second (ten times that at once), how many live streams they may have open, and for how " +
      "many people one address may stand",
    allowed: "off, or whole numbers by name like reads=100,searches=20,writes=20,streams=50,sharers=10",
    parse: parseLimits,
  }),
  "sample-interval": flag<number>({
    placeholder: "DURATION",
    fallback: 2_000,
    shown: "2s",
    description: "how often the engine is sampled",
    allowed: "a duration from 100ms to 5m, like 500ms, 5s or 2m",
    parse: parseInterval,
  }),
  history: flag<History>({
    placeholder: "DURATION|SAMPLES",
    fallback: { ms: 172_800_000 },
    shown: "48h",
    description:
      "how much metrics history is kept in memory, the older the coarser; a number: single samples only",
    allowed: `a duration like 90s, 30m or 2h, or a number of samples from 2 to ${MOST_SAMPLES}`,
    parse: parseHistory,
  }),
  "audit-size": flag<number>({
    placeholder: "NUMBER",
    fallback: 10_000,
    shown: "10000",
    description: "how many audit records are kept in memory",
    allowed: "a whole number from 10 to 1000000",
    parse: (text) => parseInteger(text, 10, 1_000_000),
  }),
  "audit-file": flag<string | null>({
    placeholder: "FILE",
    fallback: null,
    shown: "",
    description: "copy every audit entry to this file before it takes effect; read back at start",
    allowed: "a path",
    parse: (text) => (text.trim() === "" ? REFUSED : text),
  }),
  "audit-webhook": flag<string | null>({
    placeholder: "URL",
    fallback: null,
    shown: "",
    description:
      "send every audit entry there too (POST, NDJSON, again until it answers 2xx); " +
      "SPILLWAY_AUDIT_WEBHOOK_SECRET is sent as Authorization",
    allowed: "an https:// URL without login, or http:// within your network, and no link-local address",
    parse: parseWebhook,
  }),
  "audit-required": flag<boolean>({
    placeholder: "",
    fallback: false,
    shown: "",
    description: "let nothing take effect whose audit entry neither the file nor the webhook has",
    allowed: "true or false, or given alone",
    isSwitch: true,
    parse: parseSwitch,
  }),
  "otlp-endpoint": flag<string | null>({
    placeholder: "URL",
    fallback: null,
    shown: "",
    description:
      "send traces of requests and engine calls there, and the audit as logs (OTLP over HTTP: URL/v1/traces, URL/v1/logs); " +
      "SPILLWAY_OTLP_SECRET is sent as Authorization",
    allowed: "an https:// URL without login, or http:// within your network, and no link-local address",
    parse(text) {
      const url = parseWebhook(text);
      return url === REFUSED || url.endsWith("/") ? url : `${url}/`;
    },
  }),
  "operations-file": flag<string | null>({
    placeholder: "FILE",
    fallback: null,
    shown: "",
    description:
      "keep operations on many jobs in this file, so that a restart goes on with them (bullmq only)",
    allowed: "a path",
    parse: (text) => (text.trim() === "" ? REFUSED : text),
  }),
  ...REDACTION_FLAGS,
  "expected-workers": flag<ExpectedWorkers>({
    placeholder: "12|billing=4,emails=2",
    fallback: { total: null, queues: {} },
    shown: "learned",
    description: "how many workers there should be, in all or by queue",
    allowed: "a number like 12, or numbers by queue like billing=4,emails=2",
    parse: parseExpectedWorkers,
  }),
  name: flag<string | null>({
    placeholder: "TEXT",
    fallback: null,
    shown: "",
    description: "the environment's name, shown on every screen, e.g. production",
    allowed: "a text of 1 to 200 characters",
    parse: parseText,
  }),
  tone: flag<"red" | "amber" | "green" | null>({
    placeholder: "COLOUR",
    fallback: null,
    shown: "",
    description: "how careful to be there: red, amber or green",
    ...oneOf("red", "amber", "green"),
  }),
  config: flag<string | null>({
    placeholder: "FILE",
    fallback: null,
    shown: "",
    description: "a JSON file with links, task_notes and reason_required",
    allowed: "the path of a JSON file",
    parse: (text) => (text.trim() === "" ? REFUSED : text),
  }),
  ...ACCESS_FLAGS,
  ...POLICY_FLAGS,
} satisfies Record<string, Flag<never> | Flag<unknown>>;

export type FlagName = keyof typeof FLAGS;
export type FlagValues = { [N in FlagName]: (typeof FLAGS)[N]["fallback"] };

export const flagNames = Object.keys(FLAGS) as FlagName[];

export function envName(name: string): string {
  return `SPILLWAY_${name.toUpperCase().replaceAll("-", "_")}`;
}
