import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { parseCommand } from "./parse-flags.ts";

/** What is in `deploy/` can't be run here; that it is well-formed and asks for what there is can be seen. */
const DEPLOY = join(import.meta.dirname, "../../../deploy");
const read = (file: string): string => readFileSync(join(DEPLOY, file), "utf8");

function documents(file: string): unknown[] {
  return parseAllDocuments(read(file)).map((document) => {
    expect([file, document.errors, document.warnings]).toEqual([file, [], []]);
    return document.toJS();
  });
}

/** The settings as the process would take them; it names what it does not know. */
function settingsOf(args: readonly string[], env: Record<string, string> = {}) {
  const command = parseCommand(args, env);
  if (command.kind !== "run") throw new Error(`It would not run but ${command.kind}.`);
  const known = new Set(command.flags.given.values());
  expect(Object.keys(env).filter((name) => name.startsWith("SPILLWAY_") && !known.has(name))).toEqual([]);
  return command.flags.values;
}

describe("deploy/", () => {
  it("the image is no root's, writes nowhere else, and looks after its own health", () => {
    const [, last = ""] = read("Dockerfile")
      .split(/^FROM .*$/m)
      .slice(-2);
    expect(last.match(/^USER (.+)$/m)?.[1]).toBe("1000:1000");
    expect(last).toContain("/livez");
    expect(last.match(/^ENTRYPOINT (.+)$/m)?.[1]).toBe(
      '["node", "--max-semi-space-size=4", "--heap-growing-percent=25", "/opt/spillway/spillway.js"]',
    );
    expect(settingsOf([], { SPILLWAY_HOST: /SPILLWAY_HOST=(\S+)/.exec(last)?.[1] ?? "" }).host).toBe(
      "0.0.0.0",
    );
  });

  it("its health is asked for below every base path", async () => {
    const command = /^ {2}CMD (\[.*\])$/m.exec(read("Dockerfile"))?.[1] ?? "";
    const [, , code] = z.array(z.string()).parse(JSON.parse(command));
    const asked: string[] = [];
    for (const SPILLWAY_BASE_PATH of [undefined, "/", "/ops/queues", "ops/"]) {
      const fetch = (url: string) => {
        asked.push(url);
        return Promise.resolve({ ok: true });
      };
      const env = SPILLWAY_BASE_PATH === undefined ? {} : { SPILLWAY_BASE_PATH };
      runInNewContext(code ?? "", { process: { env, exit: () => undefined }, fetch });
    }
    const at = "http://127.0.0.1:4600";
    expect(asked).toEqual([`${at}/livez`, `${at}/livez`, `${at}/ops/queues/livez`, `${at}/ops/livez`]);
  });

  it("compose starts a console that reads nothing but its own, on this machine alone", () => {
    const service = z.object({
      environment: z.record(z.string(), z.string()),
      ports: z.array(z.string()),
      read_only: z.literal(true),
      cap_drop: z.tuple([z.literal("ALL")]),
    });
    const [file] = documents("compose.yaml");
    const { services } = z.object({ services: z.looseObject({ spillway: service }) }).parse(file);
    expect(Object.keys(services).sort()).toEqual(["redis", "spillway", "workers"]);
    const settings = settingsOf([], services.spillway.environment);
    expect(settings).toMatchObject({
      engine: "bullmq",
      redis: "redis://redis:6379",
      "insecure-no-auth": true,
    });
    expect(services.spillway.ports).toEqual(["127.0.0.1:4600:4600"]);
  });

  it("Kubernetes runs one of it, without rights, and asks its health by a name that it knows", () => {
    const container = z.object({
      env: z.array(z.object({ name: z.string(), value: z.string().optional() })),
      livenessProbe: z.object({ httpGet: z.object({ path: z.literal("/livez"), httpHeaders: z.unknown() }) }),
      securityContext: z.object({
        readOnlyRootFilesystem: z.literal(true),
        allowPrivilegeEscalation: z.literal(false),
      }),
    });
    const all = documents("kubernetes/spillway.yaml").map((one) =>
      z.looseObject({ kind: z.string() }).parse(one),
    );
    expect(all.map(({ kind }) => kind)).toEqual([
      "PersistentVolumeClaim",
      "Deployment",
      "Service",
      "Ingress",
    ]);
    const spec = z.object({
      replicas: z.literal(1),
      strategy: z.object({ type: z.literal("Recreate") }),
      template: z.object({ spec: z.object({ containers: z.tuple([container]) }) }),
    });
    const [{ env, livenessProbe }] = spec.parse(all[1]?.spec).template.spec.containers;
    expect(livenessProbe.httpGet.httpHeaders).toEqual([{ name: "Host", value: "localhost" }]);
    const given = env.map(({ name, value }) => [name, value ?? "redis://from.a.secret:6379"]);
    expect(settingsOf([], Object.fromEntries(given))).toMatchObject({
      engine: "bullmq",
      "allowed-host": ["ops.example.com"],
    });
  });

  it("systemd starts it with flags that there are, and not again when one is wrong", () => {
    const unit = read("systemd/spillway.service");
    const args = /^ExecStart=.*?spillway\.js (.+)$/m.exec(unit)?.[1]?.split(" ") ?? [];
    expect(settingsOf(args)).toMatchObject({ engine: "bullmq", "trusted-proxy": ["127.0.0.1"] });
    expect(unit).toMatch(/^RestartPreventExitStatus=78$/m);
    expect(unit).toMatch(/^DynamicUser=yes$/m);
  });
});
