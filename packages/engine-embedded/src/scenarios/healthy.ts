import { liveOrdinarily } from "./ordinary-life.ts";
import type { Scenario } from "./scenario.ts";

export const healthy: Scenario = {
  name: "healthy",
  description: "Steady traffic on every queue and the few failures that life has.",
  queues: ["billing", "emails", "webhooks", "reports", "search-index"],
  begin: (stage) => liveOrdinarily(stage),
};
