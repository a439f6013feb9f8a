import type { AuditSink, Logger } from "@spillway/bff";
import { createAuditWebhook } from "@spillway/bff/node";
import type { QueueEngine } from "@spillway/engine";
import type { Fetch } from "../front-door.ts";
import { toLogsRequest } from "./audit-logs.ts";

export interface OtlpConfig {
  /** With a slash at the end. */
  endpoint: string;
  /** The value of that header; null sends none. */
  authorization: string | null;
}

/** Tells a collector what this process does. */
export interface Telemetry extends AsyncDisposable {
  /** The same engine; each call is a span. */
  engine(engine: QueueEngine): QueueEngine;
  /** The same answers; each request is a span, and what it asks of the engine below it. */
  fetch(basePath: string, fetch: Fetch): Fetch;
  /** Audit entries as log records. */
  sink: AuditSink & AsyncDisposable;
}

/** Loads what only those need who asked for it. */
export async function startTelemetry(
  { endpoint, authorization }: OtlpConfig,
  log: Logger,
): Promise<Telemetry> {
  const { createTracing } = await import("./tracing.ts");
  const tracing = createTracing({ url: new URL("v1/traces", endpoint).href, authorization });
  const url = new URL("v1/logs", endpoint).href;
  const sink = createAuditWebhook({ url, authorization, kind: "otlp", encode: toLogsRequest });
  return {
    engine: tracing.engine,
    fetch: tracing.fetch,
    sink,
    async [Symbol.asyncDispose]() {
      // Whoever ends must not fail because a collector does.
      try {
        await tracing[Symbol.asyncDispose]();
      } catch {
        log.warn("The last spans could not be sent.");
      }
    },
  };
}
