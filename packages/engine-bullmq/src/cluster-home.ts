import { connect as connectPlain, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectTls } from "node:tls";
import { AbstractConnector, Redis } from "ioredis";
import type { ManyRedis, RedisNode } from "./redis-address.ts";
import { list, number, text } from "./reply.ts";

const DISCONNECT_TIMEOUT_MS = 2_000;
const ASK_TIMEOUT_MS = 1_500;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Leads a connection to that node of a cluster which keeps a prefix: its hash tag puts all its keys in one slot, as BullMQ
 * needs it. Each time it connects anew it asks who keeps that slot now, so a failover or a slot that moved is one
 * reconnection.
 */
export function clusterHome(address: ManyRedis, prefix: string): new () => AbstractConnector {
  /** Whoever answered last comes first: the seeds may be long gone. */
  let known = address.nodes;
  return class ClusterHome extends AbstractConnector {
    constructor() {
      super(DISCONNECT_TIMEOUT_MS);
    }

    override async connect(tell: (event: string, error: Error) => void): Promise<Socket> {
      this.connecting = true;
      for (let tries = 1; ; tries++) {
        const found = await ownerOf(address, known, prefix);
        if (!this.connecting) throw new Error("Connection is closed.");
        if (!(found instanceof Error)) {
          known = found.others;
          return this.#open(found.owner);
        }
        tell("error", found);
        await sleep(Math.min(tries * 50, LONGEST_PAUSE_MS));
      }
    }

    #open({ host, port }: RedisNode): Socket {
      const stream = address.tls ? connectTls({ host, port }) : connectPlain({ host, port });
      stream.once("error", (error) => {
        this.firstError = error;
      });
      this.stream = stream;
      return stream;
    }
  };
}

interface Found {
  owner: RedisNode;
  others: RedisNode[];
}

/** Asks one node after the other; the last fault if none of them knows. */
async function ownerOf(
  address: ManyRedis,
  nodes: readonly RedisNode[],
  prefix: string,
): Promise<Found | Error> {
  let fault = new Error("ECONNREFUSED: no node of the cluster could be asked.");
  for (const node of [...nodes, ...address.nodes]) {
    try {
      return await ask(address, node, prefix);
    } catch (error) {
      if (error instanceof Error) fault = error;
    }
  }
  return fault;
}

async function ask(address: ManyRedis, node: RedisNode, prefix: string): Promise<Found> {
  const redis = new Redis({
    ...loginTo(address),
    ...node,
    protocol: 2,
    lazyConnect: true,
    connectTimeout: ASK_TIMEOUT_MS,
    commandTimeout: ASK_TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    enableReadyCheck: false,
    disableClientInfo: true,
  });
  redis.on("error", () => {});
  try {
    await redis.connect();
    const slot = number(await redis.call("CLUSTER", "KEYSLOT", `${prefix}:`)) ?? Number.NaN;
    const ranges = list(await redis.call("CLUSTER", "SLOTS")).map((range) => rangeOf(list(range), node));
    const owner = ranges.find(({ from, to }) => from <= slot && slot <= to)?.owner;
    if (owner === undefined) throw new Error(`CLUSTERDOWN nobody serves slot ${slot}.`);
    return { owner, others: ranges.map((range) => range.owner) };
  } finally {
    redis.disconnect();
  }
}

/** A node that does not know its own address leaves it empty: it is where it was asked. */
function rangeOf([from, to, primary]: readonly unknown[], asked: RedisNode) {
  const [host, port] = list(primary);
  const owner = { host: text(host) || asked.host, port: number(port) ?? asked.port };
  return { from: number(from) ?? Number.NaN, to: number(to) ?? Number.NaN, owner };
}

/** What logs in to those that keep the jobs. */
export function loginTo({ username, password, tls }: ManyRedis) {
  return {
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(tls && { tls: {} }),
  };
}
