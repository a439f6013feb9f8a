import { amountInvalid, stripeTimeout } from "./errors.ts";
import { isSlowTenant } from "./ordinary-behaviour.ts";
import { liveOrdinarily } from "./ordinary-life.ts";
import type { Scenario } from "./scenario.ts";

const DEPLOYED_MINUTES_AGO = 14;
const BROKEN_VERSION = "2.14.0";
const MENDED_VERSION = "2.14.1";

/** Retried jobs fail again until the root cause is fixed: every charge on the new version times out. */
export const badDeploy: Scenario = {
  name: "bad-deploy",
  description: "Since version 2.14.0 of billing, a few minutes old, nine in ten charges time out.",
  queues: ["billing"],
  begin: (stage) => {
    liveOrdinarily(stage, { chargesPerMin: 190, billingSlots: 16 });
    const { random } = stage;
    const steady = stage.behaviour("invoice.charge");
    stage.behave("invoice.charge", (job, worker) => {
      if (stage.fixed || worker.version !== BROKEN_VERSION || random.chance(0.02)) return steady(job, worker);
      if (random.chance(0.03))
        return { ms: random.duration(40), error: amountInvalid(random), unrecoverable: true };
      const ms = isSlowTenant(job) ? random.integer(15_000, 40_000) : random.integer(3000, 3400);
      return { ms, error: stripeTimeout(random) };
    });
    stage.minutesAgo(DEPLOYED_MINUTES_AGO, () => stage.deploy("billing", BROKEN_VERSION));
    stage.onFix(() => stage.deploy("billing", MENDED_VERSION));
  },
};
