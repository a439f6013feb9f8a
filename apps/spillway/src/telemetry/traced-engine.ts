import { type Span, SpanKind } from "@opentelemetry/api";
import { EngineError, type QueueEngine } from "@spillway/engine";
import { failSpan, type Spans } from "./tracing.ts";

/** What begins no work of its own. */
const UNTRACED: ReadonlySet<PropertyKey> = new Set(["subscribe", Symbol.asyncDispose]);
/** Whose first argument is not the name of a queue. */
const NO_QUEUE: ReadonlySet<PropertyKey> = new Set(["findJob", "holds", "ping", "snapshot"]);

/** The same engine; each call is a span named after it, with the queue. Never what it was given or answered. */
export function traceEngine(engine: QueueEngine, spans: Spans): QueueEngine {
  return new Proxy(engine, {
    get(target, key) {
      const part: unknown = Reflect.get(target, key);
      if (typeof part !== "function") return part;
      if (UNTRACED.has(key)) return part.bind(target);
      return (...args: unknown[]) => {
        const [queue] = args;
        const attributes: Record<string, string> = {
          "spillway.engine": target.info.kind,
          ...(typeof queue === "string" && !NO_QUEUE.has(key) && { "spillway.queue": queue }),
        };
        return spans.within(`engine.${String(key)}`, { attributes, kind: SpanKind.CLIENT }, (span) =>
          key === "scan" ? scanned(part.apply(target, args), span) : settled(part.apply(target, args), span),
        );
      };
    },
  });
}

function settled(answer: unknown, span: Span): unknown {
  if (!(answer instanceof Promise)) {
    span.end();
    return answer;
  }
  return answer.then(
    (value: unknown) => {
      span.end();
      return value;
    },
    (error: unknown) => {
      failSpan(span, error instanceof EngineError ? (error.reason ?? error.code) : "aborted");
      span.end();
      throw error;
    },
  );
}

/** Lasts as long as somebody walks. */
async function* scanned(batches: AsyncIterable<unknown>, span: Span): AsyncGenerator<unknown> {
  try {
    yield* batches;
  } catch (error) {
    failSpan(span, error instanceof EngineError ? (error.reason ?? error.code) : "aborted");
    throw error;
  } finally {
    span.end();
  }
}
