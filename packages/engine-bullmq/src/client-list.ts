/** One connection that BullMQ named for a worker: `prefix:base64(queue)`, then `:w:name` if the worker has one. */
export interface WorkerConnection {
  id: number;
  queue: string;
  workerName: string | null;
  /** ip:port. */
  address: string;
  host: string | null;
  ageS: number | null;
  idleS: number | null;
}

const WORKER_MARK = ":w:";

/** The queues for which workers are connected, known ones and others; none if this is no reply of CLIENT LIST. */
export function queuesWithWorkers(reply: unknown, prefix: string): string[] {
  if (typeof reply !== "string") return [];
  const names = reply.split("\n").map((line) => / name=(\S+)/.exec(line)?.[1] ?? "");
  const encoded = names
    .filter((name) => name.startsWith(`${prefix}:`))
    .map((name) => name.slice(prefix.length + 1).split(":", 1)[0] ?? "");
  return [...new Set(encoded)].flatMap((text) => {
    const queue = Buffer.from(text, "base64").toString();
    // Names of other clients may begin alike.
    return text !== "" && Buffer.from(queue).toString("base64") === text ? [queue] : [];
  });
}

/** Reads the reply of CLIENT LIST; lines that are no worker of these queues are left out. */
export function workerConnections(
  reply: string,
  prefix: string,
  queues: readonly string[],
): WorkerConnection[] {
  const queueOf = new Map(queues.map((queue) => [Buffer.from(queue).toString("base64"), queue]));
  return reply.split("\n").flatMap((line) => {
    const fields = new Map(line.split(" ").map((part) => splitAt(part, part.indexOf("="))));
    const name = fields.get("name") ?? "";
    if (!name.startsWith(`${prefix}:`)) return [];
    const rest = name.slice(prefix.length + 1);
    const mark = rest.indexOf(WORKER_MARK);
    const queue = queueOf.get(mark < 0 ? rest : rest.slice(0, mark));
    if (queue === undefined) return [];
    const address = fields.get("addr") ?? "";
    return [
      {
        id: Number(fields.get("id") ?? 0),
        queue,
        workerName: mark < 0 ? null : rest.slice(mark + WORKER_MARK.length),
        address,
        host: address.slice(0, address.lastIndexOf(":")) || null,
        ageS: seconds(fields.get("age")),
        idleS: seconds(fields.get("idle")),
      },
    ];
  });
}

function splitAt(part: string, index: number): [string, string] {
  return index < 0 ? [part, ""] : [part.slice(0, index), part.slice(index + 1)];
}

function seconds(raw: string | undefined): number | null {
  const value = Number(raw);
  return raw === undefined || raw === "" || !Number.isFinite(value) ? null : value;
}
