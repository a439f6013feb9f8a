import { backlog } from "./backlog.ts";
import { badDeploy } from "./bad-deploy.ts";
import { failureSpike } from "./failure-spike.ts";
import { healthy } from "./healthy.ts";
import { poisonPayload } from "./poison-payload.ts";
import type { Scenario } from "./scenario.ts";
import { slowDependency } from "./slow-dependency.ts";
import { stalledWorker } from "./stalled-worker.ts";
import { wrongDrain } from "./wrong-drain.ts";

export const ALL: readonly Scenario[] = [
  healthy,
  backlog,
  slowDependency,
  failureSpike,
  badDeploy,
  stalledWorker,
  poisonPayload,
  wrongDrain,
];
