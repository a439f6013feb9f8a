import type { Capabilities } from "@spillway/engine";

export const CANCEL_ACTIVE =
  "BullMQ can't stop a running job from outside. Stop that worker's process, or attach Spillway's agent to the worker.";

export const SCHEDULE_PAUSE =
  "BullMQ job schedulers can't be paused. Pause the queue, or remove the scheduler and let the application add it again.";

export const BULLMQ_CAPABILITIES: Capabilities = {
  job_cancel_active: CANCEL_ACTIVE,
  job_logs: true,
  attempt_history:
    "BullMQ keeps times and worker of the last attempt only; of earlier ones their stacks, if they threw an Error.",
  schedule_pause: SCHEDULE_PAUSE,
  schedule_run: true,
  worker_heartbeat:
    "BullMQ workers send no heartbeat; it is told from their connections and locks. Attach Spillway's agent for a true one.",
  flow_rates: true,
};
