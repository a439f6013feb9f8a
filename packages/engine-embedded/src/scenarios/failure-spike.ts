import { smtpAuth } from "./errors.ts";
import { liveOrdinarily } from "./ordinary-life.ts";
import type { Scenario } from "./scenario.ts";

export const failureSpike: Scenario = {
  name: "failure-spike",
  description: "The mail relay refuses our password since nine minutes ago, and most mails fail.",
  queues: ["emails"],
  begin: (stage) => {
    liveOrdinarily(stage, { mailsPerMin: 110, mailSlots: 3 });
    const { random } = stage;
    const steady = stage.behaviour("mail.send");
    stage.minutesAgo(9, () =>
      stage.behave("mail.send", (job, worker) => {
        if (stage.fixed || random.chance(0.06)) return steady(job, worker);
        return { ms: random.duration(450), error: smtpAuth(random) };
      }),
    );
  },
};
