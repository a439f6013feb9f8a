import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type BffConfig, createBff, createPolicy, isRole, type Logger } from "@spillway/bff";
import {
  createAuditFile,
  createAuditWebhook,
  createHoldBack,
  createOperationsFile,
  processFigures,
} from "@spillway/bff/node";
import { createRedactor } from "@spillway/bff/redaction";
import { realClock } from "@spillway/engine-embedded";
import { createGate } from "./access/create-authenticator.ts";
import { settingsOnRecord } from "./access/settings-on-record.ts";
import type { Config } from "./config.ts";
import { createEngine } from "./engines.ts";
import { createFrontDoor, type Fetch } from "./front-door.ts";
import { createSite } from "./static.ts";
import { startTelemetry } from "./telemetry/telemetry.ts";
import { VERSION } from "./version.ts";

/** Everything that runs, put together. */
export interface Composition extends AsyncDisposable {
  fetch: Fetch;
  summary: string;
}

/** Beside the bundle, as it is packed; from the sources, where the screens are built. */
const PACKED_SITE = join(import.meta.dirname, "site");
const SITE_ROOT = existsSync(PACKED_SITE) ? PACKED_SITE : join(import.meta.dirname, "../../web/dist");

/** Builds the object graph; nothing listens yet. `siteRoot` is where the built web app lies. */
export async function compose(
  config: Config,
  log: Logger,
  siteRoot: string = SITE_ROOT,
): Promise<Composition> {
  const clock = realClock();
  const { engine, rehearsal, summary } = createEngine(config.engine, clock);
  const telemetry = config.otlp === null ? null : await startTelemetry(config.otlp, log);
  const gate = createGate(config.access, {
    clock,
    log,
    basePath: config.basePath,
    isRole: (name) => isRole(config.policy, name),
  });
  const auditSinks = [
    ...(config.auditFile === null ? [] : [createAuditFile(config.auditFile)]),
    ...(config.auditWebhook === null ? [] : [createAuditWebhook(config.auditWebhook)]),
    ...(telemetry === null ? [] : [telemetry.sink]),
  ];
  const operationsStore = config.operationsFile === null ? null : createOperationsFile(config.operationsFile);
  const bff = createBff({
    engine: telemetry?.engine(engine) ?? engine,
    clock,
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
    log,
    redactor: createRedactor(config.redaction),
    authenticator: gate.authenticator,
    policy: createPolicy(config.policy),
    peerAddress: gate.peerAddress,
    config: toBffConfig(config),
    processFigures,
    auditSinks,
    auditRequired: config.auditRequired,
    ...(operationsStore && { operationsStore }),
    ...(rehearsal && { rehearsal }),
  });
  await bff.start();
  const site = createSite(siteRoot, config.basePath);
  const holdBack = createHoldBack();
  const front = createFrontDoor(
    config.basePath,
    async (request, bindings) => holdBack(await bff.app.fetch(request, bindings), request),
    site,
  );
  return {
    fetch: telemetry?.fetch(config.basePath, front) ?? front,
    summary,
    async [Symbol.asyncDispose]() {
      await bff[Symbol.asyncDispose]();
      gate[Symbol.dispose]();
      await operationsStore?.[Symbol.asyncDispose]();
      for (const sink of auditSinks) await sink[Symbol.asyncDispose]();
      await engine[Symbol.asyncDispose]();
      await telemetry?.[Symbol.asyncDispose]();
    },
  };
}

function toBffConfig(config: Config): BffConfig {
  return {
    basePath: config.basePath,
    version: VERSION,
    sampleIntervalMs: config.sampleIntervalMs,
    historySamples: config.historySamples,
    coarserHistory: config.coarserHistory,
    auditSize: config.auditSize,
    expectedWorkers: config.expectedWorkers,
    environment: config.environment,
    links: config.file.links,
    taskNotes: config.file.task_notes,
    reasonRequired: config.file.reason_required,
    allowedHosts: config.allowedHosts,
    isOpen: config.access.isOpen,
    settings: settingsOnRecord(config),
    hsts: config.hsts,
    limits: config.limits,
  };
}
