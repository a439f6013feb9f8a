import { type Context, ROOT_CONTEXT, SpanKind, TraceFlags, trace } from "@opentelemetry/api";
import { endpoints } from "@spillway/contract/table";
import type { Fetch } from "../front-door.ts";
import { failSpan, type Spans } from "./tracing.ts";

const TRACEPARENT = /^00-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}$/;
const NOTHING = /^0+$/;

/** The same answers; each request is a span named after its endpoint, below that of whoever asks if they tell. */
export function traceFetch(basePath: string, fetch: Fetch, spans: Spans): Fetch {
  const routeOf = createRoutes(basePath);
  return (request, bindings) => {
    const route = routeOf(request.method, new URL(request.url).pathname);
    const attributes = {
      "http.request.method": request.method,
      ...(route !== null && { "http.route": route }),
    };
    const parent = parentOf(request.headers.get("traceparent"));
    const options = { attributes, kind: SpanKind.SERVER, ...(parent !== null && { parent }) };
    return spans.within(`${request.method} ${route ?? "other"}`, options, async (span) => {
      try {
        const reply = await fetch(request, bindings);
        span.setAttribute("http.response.status_code", reply.status);
        span.setAttribute("spillway.request_id", reply.headers.get("X-Request-Id") ?? "");
        if (reply.status >= 500) failSpan(span, String(reply.status));
        return reply;
      } finally {
        // A stream goes on; what was asked is answered.
        span.end();
      }
    });
  };
}

/** As W3C has it; null if nobody told, or something else. */
function parentOf(header: string | null): Context | null {
  const [, traceId = "", spanId = ""] = TRACEPARENT.exec(header ?? "") ?? [];
  if (NOTHING.test(traceId) || NOTHING.test(spanId) || traceId === "") return null;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
  });
}

/** By which of the contract's paths a request is named: names of queues and jobs would be as many as there are. */
function createRoutes(basePath: string): (method: string, path: string) => string | null {
  const rows = Object.values(endpoints)
    .map(({ method, path }) => ({ method, path, parts: path.split("/") }))
    .sort((a, b) => a.path.split("{").length - b.path.split("{").length);
  return (method, path) => {
    if (!path.startsWith(basePath)) return null;
    const parts = `/${path.slice(basePath.length)}`.split("/");
    const fits = (row: (typeof rows)[number]): boolean =>
      row.method === method &&
      row.parts.length === parts.length &&
      row.parts.every((part, index) => part.startsWith("{") || part === parts[index]);
    return rows.find(fits)?.path ?? null;
  };
}
