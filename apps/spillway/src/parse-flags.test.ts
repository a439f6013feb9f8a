import { readFileSync } from "node:fs";
import { DEFAULT_LIMITS } from "@spillway/bff/limits";
import { describe, expect, it } from "vitest";
import { toConfig } from "./config.ts";
import { envName, FLAGS, type Flag, flagNames } from "./flags.ts";
import { helpText } from "./help.ts";
import { parseCommand } from "./parse-flags.ts";
import { VERSION } from "./version.ts";

const SECRET = "SPILLWAY_AUDIT_WEBHOOK_SECRET";
const HOOK = "https://logs.example/in?x=1";

function configOf(line: string, env: Record<string, string> = {}) {
  const command = parseCommand(line.split(" ").filter(Boolean), env);
  if (command.kind !== "run") throw new Error(`not run but ${command.kind}`);
  return toConfig(command.flags);
}

describe("flags", () => {
  it("need nothing: healthy, embedded, on loopback", () => {
    expect(configOf("")).toEqual({
      engine: { kind: "embedded", scenario: "healthy" },
      host: "127.0.0.1",
      access: expect.objectContaining({ people: { by: "none" }, tokens: null, isOpen: false }),
      policy: expect.objectContaining({ readOnly: false, readOnlyQueues: [] }),
      port: 4600,
      basePath: "/",
      allowedHosts: [],
      hsts: false,
      limits: DEFAULT_LIMITS,
      sampleIntervalMs: 2_000,
      historySamples: 900,
      coarserHistory: [
        { stepMs: 10_000, samples: 360 },
        { stepMs: 60_000, samples: 720 },
        { stepMs: 300_000, samples: 576 },
      ],
      auditSize: 10_000,
      auditFile: null,
      auditWebhook: null,
      auditRequired: false,
      otlp: null,
      operationsFile: null,
      expectedWorkers: { total: null, queues: {} },
      environment: { name: null, tone: null },
      redaction: { keys: { secret: [], shown: [] }, patterns: [] },
      file: {
        links: [],
        task_notes: {},
        reason_required: [],
        redaction: { redact_keys: [], no_redact_keys: [], redact_patterns: [] },
      },
    });
  });

  it("read every form of a value", () => {
    expect(configOf("-- --port=0 --base-path ops/queues").basePath).toBe("/ops/queues/");
    expect(configOf("--engine bullmq --queues a,b --queues c").engine).toMatchObject({
      queues: ["a", "b", "c"],
    });
    expect(configOf("--sample-interval 500ms --history 1h")).toMatchObject({
      historySamples: 3_600,
      coarserHistory: [{ stepMs: 10_000, samples: 360 }],
    });
    expect(configOf("--history 50")).toMatchObject({ historySamples: 50, coarserHistory: [] });
    expect(configOf("--history 3h")).toMatchObject({
      historySamples: 900,
      coarserHistory: [
        { stepMs: 10_000, samples: 360 },
        { stepMs: 60_000, samples: 180 },
      ],
    });
    expect(configOf("--history 24h --sample-interval 30s")).toMatchObject({
      historySamples: 1_440,
      coarserHistory: [{ stepMs: 300_000, samples: 288 }],
    });
    expect(configOf("--expected-workers billing=4,emails=2").expectedWorkers).toEqual({
      total: null,
      queues: { billing: 4, emails: 2 },
    });
    expect(configOf("--allowed-host A.example --allowed-host b").allowedHosts).toEqual(["a.example", "b"]);
    expect(configOf("--limits off").limits).toBeNull();
    expect(configOf("--limits reads=100,streams=7").limits).toEqual({
      ...DEFAULT_LIMITS,
      reads: { perSecond: 100, burst: 1_000 },
      streams: 7,
    });
  });

  it("take a URL of an audit webhook, in your network without TLS too, and its secret from the environment", () => {
    const webhook = (url: string, env = {}) => configOf(`--audit-webhook ${url}`, env).auditWebhook;
    expect(webhook(HOOK)).toEqual({ url: HOOK, authorization: null });
    expect(webhook(HOOK, { [SECRET]: "abc" })?.authorization).toBe("Bearer abc");
    expect(webhook(HOOK, { [SECRET]: "Splunk abc" })?.authorization).toBe("Splunk abc");
    for (const host of [
      "127.0.0.1:8080",
      "[::1]:8080",
      "10.1.2.3",
      "vector:8686",
      "vector.logging.svc.cluster.local",
    ])
      expect(webhook(`http://${host}/`)?.url).toBe(`http://${host}/`);
    for (const secret of ["two\nlines", "a b c", "ü"])
      expect(() => webhook(HOOK, { [SECRET]: secret })).toThrow(
        /^SPILLWAY_AUDIT_WEBHOOK_SECRET must be a token(?!.*ü)/,
      );
    expect(() => configOf("", { [SECRET]: "abc" })).toThrow("needs --audit-webhook");
  });

  it("know a switch alone, with a value and from the environment", () => {
    const required = (line: string, env = {}) =>
      configOf(`${line} --audit-webhook ${HOOK}`, env).auditRequired;
    expect(
      ["--audit-required", "--audit-required true", "--audit-required=1"].map((line) => required(line)),
    ).toEqual([true, true, true]);
    expect(required("--audit-required=false")).toBe(false);
    expect(required("", { SPILLWAY_AUDIT_REQUIRED: "true" })).toBe(true);
    expect(required("--audit-required false", { SPILLWAY_AUDIT_REQUIRED: "true" })).toBe(false);
  });

  it("win over the environment", () => {
    const env = { SPILLWAY_PORT: "5000", SPILLWAY_NAME: "staging", SPILLWAY_TONE: "" };
    expect(configOf("--port 6000", env)).toMatchObject({
      port: 6000,
      environment: { name: "staging", tone: null },
    });
  });

  it.each([
    ["--port 65536", '--port must be a whole number from 0 to 65535, not "65536".'],
    ["--engine kafka", '--engine must be one of embedded, bullmq, not "kafka".'],
    ["--scenario quiet", "--scenario must be one of healthy"],
    ["--prot 1", 'There is no flag "--prot". Did you mean --port?'],
    ["--smaple-interval=1s", "Did you mean --sample-interval?"],
    ["serve", '"serve" is not a flag'],
    ["--port", "--port needs a value: a whole number from 0 to 65535."],
    ["--port --host", "--port needs a value"],
    ["--port 1 --port 2", "--port was given twice"],
    ["--sample-interval 5", "--sample-interval must be a duration from 100ms to 5m"],
    ["--sample-interval 1ms", "--sample-interval must be"],
    ["--history 9999h --sample-interval 2m", "--history must hold 2 to 100000 samples"],
    ["--base-path /../x", "--base-path must be a path like"],
    ["--base-path /a<b", "--base-path must be a path like"],
    ["--expected-workers many", "--expected-workers must be a number like 12"],
    ["--expected-workers a=1,a=2", "--expected-workers must be"],
    ["--queues a,,b --engine bullmq", "--queues must be names separated by commas"],
    ["--tone blue", "--tone must be one of red, amber, green"],
    ["--engine embedded --redis redis://localhost", "--redis needs --engine bullmq"],
    ["--redis redis://localhost --scenario healthy", "--scenario needs --engine embedded"],
    ["--engine bullmq --scenario healthy", "--scenario needs --engine embedded"],
    ["--host 0.0.0.0", "--users-file"],
    ["--host ::", "--users-file"],
    ["--host 127.0.0.1.evil.example", "--users-file"],
    ["--host 10.0.0.5 --auth-proxy-header X-User", "--auth-proxy-header needs --trusted-proxy."],
    [
      "--auth-proxy-header X-User --trusted-proxy 10.0.0.0/8",
      "needs SPILLWAY_PROXY_SECRET in the environment",
    ],
    ["--auth-proxy-header X_User", "--auth-proxy-header must be the name of a header"],
    ["--auth-proxy-groups X-Groups", "--auth-proxy-groups needs --auth-proxy-header."],
    ["--trusted-proxy ops.example", "--trusted-proxy must be addresses or networks"],
    ["--group-roles sre", "--group-roles must be pairs like"],
    ["--session-idle 5m", "--session-idle needs --users-file."],
    ["--users-file a --insecure-no-auth", "--insecure-no-auth contradicts --users-file"],
    ["user", "--users-file must be the path of the file. Usage: spillway user add NAME"],
    ["user add Ana --users-file a --role viewer", "NAME must be of a-z, 0-9"],
    ["user add ana --users-file a", "--role must name at least one role"],
    ["user add ana hunter2 --users-file a --role viewer", "Usage: spillway user add"],
    ["user add ana --password hunter2 --users-file a --role viewer", "Usage: spillway user add"],
    ["token add ci --tokens-file a --role operator", "--owner must say who answers for the token."],
    ["token add ci --tokens-file a --role operator --owner Ana --expires soon", "--expires must be"],
    ["--audit-file /", "--audit-file must be a file that can be read and appended to; /: EISDIR."],
    ["--engine bullmq --operations-file /", "--operations-file must be a file that can be read and appended"],
    ["--operations-file /tmp/x", "--operations-file needs --engine bullmq"],
    ["--audit-webhook ftp://logs.example", "--audit-webhook must be an https:// URL without login"],
    ["--audit-webhook http://logs.example/in", "or http:// within your network"],
    ["--audit-webhook https://ana:geheim@logs.example/", "not what was given"],
    ["--audit-webhook https://169.254.169.254/", "no link-local address"],
    ["--audit-webhook http://[::ffff:169.254.169.254]/", "no link-local address"],
    ["--audit-webhook logs.example", "--audit-webhook must be an https:// URL"],
    ["--audit-required", "--audit-required needs --audit-file or --audit-webhook"],
    ["--audit-required=maybe", "--audit-required must be true or false, or given alone"],
    ["--audit-required maybe", '"maybe" is not a flag'],
    ["audit verify", "Usage: spillway audit verify FILE [--head HASH]"],
    ["audit verify a b", "Usage: spillway audit verify FILE [--head HASH]"],
    ["audit verify a --head 12", "--head must be the hash of an entry"],
    ["--config /nowhere.json", "--config must be the path of a JSON file that can be read"],
  ])("refuse %s in one line", (line, message) => {
    expect(() => configOf(line)).toThrow(expect.objectContaining({ name: "UsageError" }));
    expect(() => configOf(line)).toThrow(message);
    expect(() => configOf(line)).not.toThrow("\n");
  });

  it("name the variable where the value came from it, and never a password", () => {
    expect(() => configOf("", { SPILLWAY_PORT: "x" })).toThrow("SPILLWAY_PORT must be a whole number");
    expect(() => configOf("--engine bullmq", { SPILLWAY_REDIS: "http://:geheim@x" })).toThrow(
      /^((?!geheim).)*$/,
    );
  });

  it("are all in the help, with their variables", () => {
    const help = helpText();
    for (const name of flagNames) {
      expect(help).toContain(`--${name} ${FLAGS[name].placeholder}`.trimEnd());
      expect(help).toContain(envName(name));
    }
    expect(parseCommand(["--port", "x", "--help"], {})).toEqual({ kind: "help" });
    expect(parseCommand(["--version"], {})).toEqual({ kind: "version" });
  });

  it("show as default what is the default", () => {
    for (const name of flagNames) {
      const flag: Flag<unknown> = FLAGS[name];
      if (["queues", "allowed-host", "expected-workers", "public-url"].includes(name) || flag.shown === "")
        continue;
      expect(flag.parse(flag.shown)).toEqual(flag.fallback);
    }
  });
});

it("tells the version of its package", () => {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect(manifest).toMatchObject({ version: VERSION });
});
