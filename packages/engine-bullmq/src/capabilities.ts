import type { Capabilities, WorkerRecord } from "@spillway/engine";
import { type Agent, isBeating } from "./agents.ts";

export const CANCEL_ACTIVE =
  "BullMQ can't stop a running job from outside. Stop that worker's process, or attach Spillway's agent to the worker.";

export const SCHEDULE_PAUSE =
  "BullMQ job schedulers can't be paused. Pause the queue, or remove the scheduler and let the application add it again.";

const WORKER_HEARTBEAT =
  "BullMQ workers send no heartbeat; it is told from their connections and locks. Attach Spillway's agent for a true one.";

/** What the last snapshot knew of agents: it makes the difference between what this engine can and can't. */
export interface AgentsSeen {
  observe(agents: readonly Agent[], others: readonly WorkerRecord[], at: number): void;
  readonly some: boolean;
  /** Every worker that was seen at all had an agent. */
  readonly everywhere: boolean;
}

export function createAgentsSeen(): AgentsSeen {
  let some = false;
  let everywhere = false;
  return {
    observe(agents, others, at) {
      some = agents.some((agent) => agent.report.cancels && isBeating(agent, at));
      everywhere = some && others.length === 0;
    },
    get some() {
      return some;
    },
    get everywhere() {
      return everywhere;
    },
  };
}

/** Live: an agent that appears or falls silent changes it. A worker without one still refuses, in words. */
export function bullmqCapabilities(agents: AgentsSeen): Capabilities {
  return {
    get job_cancel_active() {
      return agents.some || CANCEL_ACTIVE;
    },
    job_logs: true,
    attempt_history:
      "BullMQ keeps times and worker of the last attempt only; of earlier ones their stacks, if they threw an Error.",
    schedule_pause: SCHEDULE_PAUSE,
    schedule_run: true,
    get worker_heartbeat() {
      return agents.everywhere || WORKER_HEARTBEAT;
    },
    flow_rates: true,
    hold: true,
  };
}
