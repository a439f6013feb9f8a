import { Agent, get } from "node:http";

/**
 * Somebody who asks as fast as they are answered, from an address of their own, in a process of their own. Arguments: the
 * console's URL, the address, how many connections, the path. Tells its parent, whenever asked, how often each status came.
 */
const [url = "", localAddress = "", connections = "1", path = ""] = process.argv.slice(2);
const statuses: Record<number, number> = {};

async function flood(): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, localAddress });
  for (;;) {
    const { promise, resolve } = Promise.withResolvers<number>();
    get(new URL(path, url), { agent }, (reply) => {
      reply.resume().once("end", () => resolve(reply.statusCode ?? 0));
    }).once("error", () => resolve(0));
    const status = await promise;
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
}

process.on("message", () => process.send?.(statuses));
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
await Promise.all(Array.from({ length: Number(connections) }, flood));
