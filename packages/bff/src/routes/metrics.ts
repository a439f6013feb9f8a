import type { Handlers } from "../http/handlers.ts";
import type { Room } from "./room.ts";

export function metricsRoutes({
  sampler,
}: Room): Pick<Handlers, "getOverview" | "getHistory" | "getHistoryPage" | "listWorkers"> {
  return {
    async getOverview({ query }) {
      await sampler.seen();
      return sampler.overview(query);
    },
    getHistory: ({ query }) => sampler.history(query),
    getHistoryPage: ({ query }) => sampler.history(query),
    listWorkers: ({ query }) => sampler.workers(query),
  };
}
