import type { WorldOptions } from "@spillway/testkit";

/** A queue `billing` with so many failed jobs and nobody to run them: those that were cancelled have failed. */
export const withFailed = (count: number): WorldOptions => ({
  wrapEngine: (engine) => {
    engine.defineQueue("billing");
    for (let i = 0; i < count; i++) {
      engine.add("billing", "invoice.charge", { i }, { id: `job-${i}` });
      void engine.cancelJob("billing", `job-${i}`);
    }
    return engine;
  },
});
