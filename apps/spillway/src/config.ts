import { closeSync, openSync } from "node:fs";
import type { PolicyRules } from "@spillway/bff";
import type { Limits } from "@spillway/bff/limits";
import type { RedactionRules } from "@spillway/bff/redaction";
import { redisFault } from "@spillway/engine-bullmq";
import { type Access, isChecked, toAccess } from "./access/access.ts";
import { type ConfigFile, EMPTY_CONFIG_FILE, readConfigFile } from "./config-file.ts";
import type { FlagName } from "./flags.ts";
import { type HistoryLayers, layersOf } from "./history-layers.ts";
import { isOlderNode } from "./node-version.ts";
import type { ParsedFlags } from "./parse-flags.ts";
import { checkRoles, policyRules } from "./policy/policy-rules.ts";
import { redactionRules } from "./redaction-rules.ts";
import type { OtlpConfig } from "./telemetry/telemetry.ts";
import { UsageError } from "./usage-error.ts";
import type { ExpectedWorkers } from "./values.ts";
import { OTLP_SECRET, WEBHOOK_SECRET } from "./webhook-url.ts";

export type EngineConfig =
  | { kind: "embedded"; scenario: string }
  /** `queues` empty: all that are found. */
  | { kind: "bullmq"; redis: string; prefix: string; queues: string[] };

/** Everything the process needs to know, checked. Durations in ms. */
export interface Config extends HistoryLayers {
  engine: EngineConfig;
  host: string;
  access: Access;
  policy: PolicyRules;
  port: number;
  /** With both slashes. */
  basePath: string;
  /** Beside the loopback names, which are always allowed. */
  allowedHosts: string[];
  hsts: boolean;
  /** Null: nothing is limited. */
  limits: Limits | null;
  sampleIntervalMs: number;
  auditSize: number;
  auditFile: string | null;
  /** `authorization`: the value of that header; null sends none. */
  auditWebhook: { url: string; authorization: string | null } | null;
  auditRequired: boolean;
  /** Null: nothing is traced. */
  otlp: OtlpConfig | null;
  operationsFile: string | null;
  expectedWorkers: ExpectedWorkers;
  redaction: RedactionRules;
  environment: { name: string | null; tone: "red" | "amber" | "green" | null };
  file: ConfigFile;
}

/** What only one engine understands: given with the other, somebody expects what will not happen. */
const ONLY_FOR: readonly [FlagName, EngineConfig["kind"]][] = [
  ["scenario", "embedded"],
  ["redis", "bullmq"],
  ["prefix", "bullmq"],
  ["queues", "bullmq"],
  // The embedded engine begins anew with each process: an operation would go on with jobs that only have the same ids.
  ["operations-file", "bullmq"],
];

/** Turns parsed flags into a configuration. Throws {@link UsageError} on contradictions. */
export function toConfig(flags: ParsedFlags): Config {
  const { values, given } = flags;
  // Who says where Redis is wants to see what is on it.
  const engine = given.has("redis") && !given.has("engine") ? "bullmq" : values.engine;
  for (const [name, kind] of ONLY_FOR) {
    const source = given.get(name);
    if (source && engine !== kind)
      throw new UsageError(`${source} needs --engine ${kind}; the engine is ${engine}.`);
  }
  if (engine === "bullmq") checkPrefix(values.redis, values.prefix);
  const access = toAccess(flags);
  const isOpen = !isLoopback(values.host) && !isChecked(access);
  if (isOpen && !values["insecure-no-auth"])
    throw new UsageError(openToNetwork(given.get("host") ?? "--host", values.host));
  const file = readFile(flags);
  const policy = policyRules(flags, file.reason_required);
  checkRoles(policy, access, given);
  return {
    engine:
      engine === "embedded"
        ? { kind: engine, scenario: values.scenario }
        : { kind: engine, redis: values.redis, prefix: values.prefix, queues: values.queues },
    host: values.host,
    access: { ...access, isOpen },
    policy,
    port: values.port,
    basePath: values["base-path"],
    allowedHosts: values["allowed-host"],
    hsts: values.hsts,
    limits: values.limits,
    sampleIntervalMs: values["sample-interval"],
    ...layersOf(values.history, values["sample-interval"], given.get("history") ?? "--history"),
    auditSize: values["audit-size"],
    auditFile: checkAppendable(values["audit-file"], given.get("audit-file") ?? "--audit-file"),
    ...checkSinks(flags),
    otlp: otlpOf(flags),
    operationsFile: checkAppendable(
      values["operations-file"],
      given.get("operations-file") ?? "--operations-file",
    ),
    expectedWorkers: values["expected-workers"],
    environment: { name: values.name, tone: values.tone },
    redaction: redactionRules(values, file),
    file,
  };
}

/** A cluster keeps the keys of a queue together only by a hash tag. */
function checkPrefix(redis: string, prefix: string): void {
  const fault = redisFault(redis, prefix);
  if (fault !== null) throw new UsageError(fault);
}

function readFile({ values, given }: ParsedFlags): ConfigFile {
  if (values.config === null) return EMPTY_CONFIG_FILE;
  return readConfigFile(values.config, given.get("config") ?? "--config");
}

/** Of what encodes and sends the spans. */
const NODE_FOR_OTLP = "22.15.0";

function otlpOf({ values, given, otlpSecret }: ParsedFlags): OtlpConfig | null {
  const endpoint = values["otlp-endpoint"];
  if (endpoint !== null && isOlderNode(NODE_FOR_OTLP))
    throw new UsageError(
      `${given.get("otlp-endpoint") ?? "--otlp-endpoint"} needs Node ${NODE_FOR_OTLP} or later; this is ${process.versions.node}.`,
    );
  if (endpoint === null && otlpSecret !== null) throw new UsageError(`${OTLP_SECRET} needs --otlp-endpoint.`);
  return endpoint === null ? null : { endpoint, authorization: otlpSecret };
}

function checkSinks({
  values,
  given,
  webhookSecret,
}: ParsedFlags): Pick<Config, "auditWebhook" | "auditRequired"> {
  const url = values["audit-webhook"];
  if (values["audit-required"] && url === null && values["audit-file"] === null)
    throw new UsageError(
      `${given.get("audit-required") ?? "--audit-required"} needs --audit-file or --audit-webhook: without one, nothing could ever be done.`,
    );
  if (webhookSecret !== null && url === null)
    throw new UsageError(`${WEBHOOK_SECRET} needs --audit-webhook.`);
  return {
    auditWebhook: url === null ? null : { url, authorization: webhookSecret },
    auditRequired: values["audit-required"],
  };
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host);
}

function openToNetwork(source: string, host: string): string {
  return (
    `${source} ${host} would let anyone on the network act on your queues, as nobody has to log in; ` +
    "have people log in with --users-file FILE (`spillway user add` fills it), or stay on 127.0.0.1."
  );
}

/** Creates the file if need be: what cannot be kept is told at start, not at the first action. */
function checkAppendable(file: string | null, source: string): string | null {
  if (file === null) return null;
  try {
    closeSync(openSync(file, "a+", 0o600));
    return file;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unwritable";
    throw new UsageError(`${source} must be a file that can be read and appended to; ${file}: ${code}.`);
  }
}
