import { EngineError, type QueueEngine, type TargetResult, type WorkerRecord } from "@spillway/engine";
import type { Redactor } from "./redactor.ts";

/**
 * The same engine, whose sentences and workers' names hold no secret, whatever a driver put into them. What it knows of jobs
 * stays raw: it is searched and grouped before it is shown.
 */
export function discreetEngine(engine: QueueEngine, { value }: Redactor): QueueEngine {
  const told = (error: unknown): unknown => (error instanceof EngineError ? discreet(error, value) : error);
  return new Proxy(engine, {
    get(target, key) {
      const part: unknown = Reflect.get(target, key);
      if (typeof part !== "function") return part;
      if (key === "scan") return (...args: unknown[]) => discreetScan(part.apply(target, args), told);
      return (...args: unknown[]) => {
        const answer: unknown = part.apply(target, args);
        if (!(answer instanceof Promise)) return answer;
        const known = key === "snapshot" || key === "actOnJobs";
        return answer.then(known ? (result: unknown) => withoutNames(result, value) : undefined, (error) => {
          throw told(error);
        });
      };
    },
  });
}

async function* discreetScan(
  batches: AsyncIterable<unknown>,
  told: (error: unknown) => unknown,
): AsyncGenerator<unknown> {
  try {
    yield* batches;
  } catch (error) {
    throw told(error);
  }
}

function discreet(error: EngineError, value: (text: string) => string): EngineError {
  const message = value(error.message);
  if (message === error.message) return error;
  const { code, reason, current, capability, cause: source } = error;
  return new EngineError(code, message, {
    ...(reason !== undefined && { cause: reason }),
    ...(current !== undefined && { current }),
    ...(capability !== undefined && { capability }),
    source,
  });
}

function withoutNames(result: unknown, value: (text: string) => string): unknown {
  if (Array.isArray(result)) return result.map((one: TargetResult) => withMessage(one, value));
  const workers: WorkerRecord[] | null = Reflect.get(Object(result), "workers") ?? null;
  if (workers === null) return result;
  return { ...Object(result), workers: workers.map((worker) => withName(worker, value)) };
}

const withMessage = (result: TargetResult, value: (text: string) => string): TargetResult =>
  result.message === null ? result : { ...result, message: value(result.message) };

function withName(worker: WorkerRecord, value: (text: string) => string): WorkerRecord {
  const { name, host, version } = worker;
  const shown = (text: string | null): string | null => (text === null ? null : value(text));
  return { ...worker, name: shown(name), host: shown(host), version: shown(version) };
}
