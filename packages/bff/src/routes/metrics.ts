import { exposition } from "../exposition/exposition.ts";
import { EXPOSITION_TYPE } from "../exposition/write.ts";
import type { Handlers } from "../http/handlers.ts";
import type { Room } from "./room.ts";

export function metricsRoutes(
  room: Room,
): Pick<Handlers, "getOverview" | "getHistory" | "getHistoryPage" | "getPrometheus" | "listWorkers"> {
  const { sampler } = room;
  return {
    getPrometheus: () => new Response(exposition(room), { headers: { "Content-Type": EXPOSITION_TYPE } }),
    async getOverview({ query }) {
      await sampler.seen();
      return sampler.overview(query);
    },
    getHistory: ({ query }) => sampler.history(query),
    getHistoryPage: ({ query }) => sampler.history(query),
    listWorkers: ({ query }) => sampler.workers(query),
  };
}
