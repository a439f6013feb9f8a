import { liveOrdinarily } from "./ordinary-life.ts";
import type { Scenario } from "./scenario.ts";

const LOST_HOST = "host-7";
const STUCK_HOST = "host-6";
/** So long that the jobs of the lost worker are still with it when somebody looks. */
const LOCK_MS = 45 * 60_000;

export const stalledWorker: Scenario = {
  name: "stalled-worker",
  description:
    "A mail worker was lost six minutes ago with its jobs, and another one hangs while it says it lives.",
  queues: ["emails"],
  begin: (stage) => {
    liveOrdinarily(stage, { mailsPerMin: 120, mailSlots: 4 });
    stage.queue("emails", 902_001, { lockMs: LOCK_MS });
    const { random } = stage;
    const hanging = new Set<string>();
    stage.behave("mail.send", (_job, worker) =>
      hanging.has(worker.host ?? "")
        ? { ms: Number.POSITIVE_INFINITY, deaf: true }
        : { ms: random.duration(3600), result: { accepted: true } },
    );
    stage.minutesAgo(8, () => hanging.add(LOST_HOST));
    stage.minutesAgo(6, () => stage.kill(LOST_HOST));
    stage.minutesAgo(5, () => hanging.add(STUCK_HOST));
    stage.onFix(() => {
      hanging.clear();
      stage.kill(STUCK_HOST);
      for (const host of [STUCK_HOST, LOST_HOST]) stage.replace(host);
    });
  },
};
