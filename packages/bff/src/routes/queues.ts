import type { QueueDetail } from "@spillway/contract/schemas";
import { pauseCommand } from "../commands/index.ts";
import type { Handlers } from "../http/handlers.ts";
import { createPacker } from "../http/packed.ts";
import { noQueue } from "../http/problem.ts";
import type { Sampler } from "../seams.ts";
import type { Room } from "./room.ts";

export function queueRoutes(
  room: Room,
): Pick<Handlers, "listQueues" | "getQueue" | "pauseQueue" | "resumeQueue"> {
  const pack = createPacker();
  return {
    async listQueues({ query, c }) {
      await room.sampler.seen();
      return pack(room.sampler.queuesText(query), c.req.header("Accept-Encoding"));
    },
    getQueue: ({ params, query }) => queueDetail(room, params.queue, query),
    pauseQueue: ({ params }) => pauseCommand(room.engine, params.queue, true),
    resumeQueue: ({ params }) => pauseCommand(room.engine, params.queue, false),
  };
}

/** A queue that the last sample lacks may be younger than that. */
async function queueDetail(
  { sampler, engine }: Room,
  name: string,
  query: Parameters<Sampler["queue"]>[1],
): Promise<QueueDetail> {
  await sampler.seen();
  const known = sampler.queue(name, query);
  if (known) return known;
  await engine.queue(name);
  await sampler.tick();
  const found = sampler.queue(name, query);
  if (found) return found;
  throw noQueue(name);
}
