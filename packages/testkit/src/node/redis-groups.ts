import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type RedisServer, startRedis } from "./redis.ts";

const SLOTS = 16_384;
const GIVE_UP_MS = 30_000;

/** A primary, its replica, and a sentinel that makes the replica the primary when the first one is gone. */
export interface SentinelGroup extends AsyncDisposable {
  /** What the sentinel calls it. */
  readonly name: string;
  readonly primary: RedisServer;
  readonly replica: RedisServer;
  readonly sentinel: RedisServer;
}

/** Ready when the replica follows and the sentinel knows of it. */
export async function startSentinelGroup(): Promise<SentinelGroup> {
  await using started = new AsyncDisposableStack();
  const primary = started.use(await startRedis());
  const replica = started.use(await startRedis({ args: ["--replicaof", "127.0.0.1", String(primary.port)] }));
  await until(async () => /master_link_status:up/.test(await ask(replica, "INFO replication")));
  const name = "shop";
  const config = [
    `sentinel monitor ${name} 127.0.0.1 ${primary.port} 1`,
    `sentinel down-after-milliseconds ${name} 500`,
    `sentinel failover-timeout ${name} 5000`,
  ].join("\n");
  const sentinel = started.use(await startRedis({ config, args: ["--sentinel"] }));
  await until(async () => (await ask(sentinel, `SENTINEL replicas ${name}`)).includes(String(replica.port)));
  const all = started.move();
  return { name, primary, replica, sentinel, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** Two primaries that share the slots, the first of them with a replica. */
export interface RedisCluster extends AsyncDisposable {
  /** The upper half of the slots, the lower half, and who follows the first. */
  readonly nodes: readonly [first: RedisServer, second: RedisServer, replica: RedisServer];
  /** Lets the replica take the place of the first. */
  failOver(): Promise<void>;
}

/** Ready when all of its nodes say that it is. */
export async function startRedisCluster(): Promise<RedisCluster> {
  await using started = new AsyncDisposableStack();
  const start = async () =>
    started.use(await startRedis({ args: ["--cluster-enabled", "yes", "--cluster-node-timeout", "2000"] }));
  const [first, second, replica] = [await start(), await start(), await start()];
  const slots = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n).join(" ");
  await ask(first, `CLUSTER ADDSLOTS ${slots(SLOTS / 2, SLOTS)}`);
  await ask(second, `CLUSTER ADDSLOTS ${slots(0, SLOTS / 2)}`);
  for (const other of [second, replica]) await ask(other, `CLUSTER MEET 127.0.0.1 ${first.port}`);
  const id = (await ask(first, "CLUSTER MYID")).split("\r\n")[1] ?? "";
  await until(async () => (await ask(replica, `CLUSTER REPLICATE ${id}`)).startsWith("+OK"));
  for (const node of [first, second, replica])
    await until(async () => /cluster_state:ok/.test(await ask(node, "CLUSTER INFO")));
  await until(async () => /master_link_status:up/.test(await ask(replica, "INFO replication")));
  const all = started.move();
  return {
    nodes: [first, second, replica],
    async failOver() {
      await until(async () => {
        await ask(replica, "CLUSTER FAILOVER");
        await sleep(100);
        return /role:master/.test(await ask(replica, "INFO replication"));
      });
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** One command on a connection of its own; the reply as it comes. */
async function ask({ port }: RedisServer, command: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    socket.write(`${command}\r\n`);
    const [reply] = await once(socket, "data", { signal: AbortSignal.timeout(2_000) });
    return String(reply);
  } finally {
    socket.destroy();
  }
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const giveUpAt = Date.now() + GIVE_UP_MS;
  while (!(await condition())) {
    if (Date.now() > giveUpAt) throw new Error("The group of Redis servers did not come up.");
    await sleep(20);
  }
}
