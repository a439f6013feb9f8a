import { liveOrdinarily } from "./ordinary-life.ts";
import { campaign } from "./payloads.ts";
import type { Scenario } from "./scenario.ts";

export const backlog: Scenario = {
  name: "backlog",
  description:
    "One tenant's campaign adds mails twice as fast as the workers send them, since ten minutes ago.",
  queues: ["emails"],
  begin: (stage) => {
    liveOrdinarily(stage, { mailSlots: 3 });
    let perMin = 0;
    stage.traffic({
      queue: "emails",
      task: "mail.campaign",
      perMin: () => perMin,
      job: (random) => ({
        payload: campaign(random),
        options: { attempts: 2, backoff: { type: "fixed", delayMs: 20_000 } },
      }),
    });
    stage.minutesAgo(10, () => {
      perMin = 1050;
    });
    stage.onFix(() => {
      perMin = 0;
    });
  },
};
