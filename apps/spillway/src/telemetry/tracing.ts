import { AsyncLocalStorage } from "node:async_hooks";
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  type SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, TracerProvider } from "@opentelemetry/sdk-trace";
import type { QueueEngine } from "@spillway/engine";
import { VERSION } from "../version.ts";
import type { Telemetry } from "./telemetry.ts";
import { traceEngine } from "./traced-engine.ts";
import { traceFetch } from "./traced-fetch.ts";

const EXPORT_EVERY_MS = 2_000;
const EXPORT_WITHIN_MS = 3_000;

export interface TracingOptions {
  url: string;
  authorization: string | null;
}

/** Begins spans below the one that is under way. */
export interface Spans {
  /** What `run` does until it ends the span belongs to it. */
  within<T>(name: string, options: SpanOptions, run: (span: Span) => T): T;
}

export interface SpanOptions {
  attributes: Record<string, string | number>;
  kind: SpanKind;
  /** From outside; none: the one that is under way. */
  parent?: Context;
}

/** Spans of this process, sent in batches; while the collector is away the oldest are given up, and nobody waits. */
export function createTracing({
  url,
  authorization,
}: TracingOptions): Pick<Telemetry, "engine" | "fetch" | typeof Symbol.asyncDispose> {
  const headers = authorization === null ? {} : { Authorization: authorization };
  const exporter = new OTLPTraceExporter({ url, headers, timeoutMillis: EXPORT_WITHIN_MS });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ "service.name": "spillway", "service.version": VERSION }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter,
        scheduledDelayMillis: EXPORT_EVERY_MS,
        exportTimeoutMillis: EXPORT_WITHIN_MS,
      }),
    ],
  });
  const spans = createSpans(provider.getTracer("spillway", VERSION));
  return {
    engine: (engine: QueueEngine) => traceEngine(engine, spans),
    fetch: (basePath, fetch) => traceFetch(basePath, fetch, spans),
    [Symbol.asyncDispose]: () => provider.shutdown(),
  };
}

function createSpans(tracer: Tracer): Spans {
  const underWay = new AsyncLocalStorage<Span>();
  return {
    within(name, { attributes, kind, parent }, run) {
      const current = underWay.getStore();
      // Timers that a request set, like that of the next sample, go on long after it: what they do is not its own.
      const above = current?.isRecording() ? trace.setSpan(ROOT_CONTEXT, current) : ROOT_CONTEXT;
      const span = tracer.startSpan(name, { attributes, kind }, parent ?? above);
      return underWay.run(span, () => run(span));
    },
  };
}

/** Marks it as failed; `code` is one of few words. */
export function failSpan(span: Span, code: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR, message: code });
  span.setAttribute("error.type", code);
}
