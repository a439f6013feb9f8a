/**
 * What the agent uses of a BullMQ `Worker`. Spelled out here instead of imported, so that it fits whichever version the
 * host has installed.
 */
export interface AttachableWorker {
  readonly id: string;
  /** Of the queue. */
  readonly name: string;
  readonly opts: { name?: string | undefined };
  readonly concurrency: number;
  toKey(type: string): string;
  on(event: "closing" | "closed", listener: () => void): unknown;
  off(event: "closing" | "closed", listener: () => void): unknown;
}

/** Runs the agent's script; rejects if Redis says no, and waits as long as the connection does while Redis is away. */
export type RunBeat = (base: string, args: readonly string[]) => Promise<unknown>;

const COMMAND = "spillwayBeat1";

/**
 * The script on the worker's own connection (or a given one): BullMQ 6 keeps it in a backend, BullMQ 5 in `client`. Any
 * Redis client that BullMQ adapts will do.
 *
 * @throws TypeError where there is no Redis connection, e.g. with BullMQ's PostgreSQL backend.
 */
export async function beatOn(worker: AttachableWorker, given: unknown, lua: string): Promise<RunBeat> {
  const client = await (given ?? clientOf(worker));
  if (!isObject(client)) throw new TypeError("This worker has no Redis connection that the agent could use.");
  if (typeof property(client, COMMAND) !== "function")
    call(client, "defineCommand", [COMMAND, { numberOfKeys: 1, lua }]);
  return async (base, args) =>
    typeof property(client, "runCommand") === "function"
      ? call(client, "runCommand", [COMMAND, [base, ...args]])
      : call(client, COMMAND, [base, ...args]);
}

function clientOf(worker: AttachableWorker): unknown {
  const backend =
    typeof property(worker, "getBackend") === "function" ? call(worker, "getBackend", []) : worker;
  return isObject(backend) ? property(backend, "client") : undefined;
}

export function isObject(value: unknown): value is object {
  return (typeof value === "object" || typeof value === "function") && value !== null;
}

export function property(of: object, name: string): unknown {
  return Reflect.get(of, name);
}

function call(of: object, name: string, args: readonly unknown[]): unknown {
  const method = property(of, name);
  if (typeof method !== "function") throw new TypeError(`The connection has no ${name}.`);
  return Reflect.apply(method, of, args);
}
