import type { EmbeddedEngine } from "./engine.ts";
import { SCENARIOS } from "./scenarios/index.ts";

/** What a console offers of an embedded engine: choose an incident, end its cause. */
export function createRehearsal(engine: EmbeddedEngine) {
  return {
    current: () => engine.scenario ?? "",
    past: () => engine.past,
    fixed: () => engine.fixed,
    scenarios: SCENARIOS.map(({ name, description }) => ({ name, description })),
    load(name: string, speed: number | undefined) {
      if (speed !== undefined) engine.setSpeed(speed);
      engine.loadScenario(name);
    },
    fix: () => engine.fix(),
  };
}
