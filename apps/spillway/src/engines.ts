import type { Rehearsal } from "@spillway/bff";
import type { Clock, QueueEngine } from "@spillway/engine";
import { createBullmqEngine, withoutLogin } from "@spillway/engine-bullmq";
import { createEmbeddedEngine, createRehearsal, SCENARIOS } from "@spillway/engine-embedded";
import type { EngineConfig } from "./config.ts";

export interface ComposedEngine {
  engine: QueueEngine;
  rehearsal: Rehearsal | null;
  /** One line for whoever starts the process; holds no credentials. */
  summary: string;
}

export function createEngine(config: EngineConfig, clock: Clock): ComposedEngine {
  if (config.kind === "bullmq") {
    const { redis: url, prefix, queues } = config;
    const engine = createBullmqEngine({ url, prefix, ...(queues.length > 0 && { queues }) });
    const which = queues.length > 0 ? `queues ${queues.join(", ")}` : "all queues";
    return { engine, rehearsal: null, summary: `BullMQ on ${withoutLogin(url)}, prefix ${prefix}, ${which}` };
  }
  const engine = createEmbeddedEngine({ clock, scenario: config.scenario });
  const rehearsal: Rehearsal = createRehearsal(engine);
  const description = SCENARIOS.find(({ name }) => name === config.scenario)?.description ?? "";
  return { engine, rehearsal, summary: `Embedded engine, scenario ${config.scenario}: ${description}` };
}
