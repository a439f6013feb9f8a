import { EngineError } from "@spillway/engine";
import type { Random } from "../random.ts";
import type { World } from "../world.ts";
import { ALL } from "./all.ts";
import type { Rehearsal, Scenario } from "./scenario.ts";
import { HISTORY_MS, Stage } from "./stage.ts";

export type { Rehearsal } from "./scenario.ts";

/** What can be rehearsed: a name, a sentence, and the queues that take part. */
export const SCENARIOS: readonly { name: string; description: string; queues: readonly string[] }[] = ALL.map(
  ({ name, description, queues }) => ({ name, description, queues }),
);

export const scenarioNames: readonly string[] = ALL.map(({ name }) => name);

/** Throws `refused` with the names there are. */
export function findScenario(name: string): Scenario {
  const scenario = ALL.find((each) => each.name === name);
  if (scenario) return scenario;
  throw new EngineError(
    "refused",
    `There is no scenario ${JSON.stringify(name)}; there are ${scenarioNames.join(", ")}.`,
  );
}

/** Sets the scenario up half an hour ago in an empty world and lives through it until now. */
export function loadScenario(
  world: World,
  scenario: Scenario,
  random: Random,
  speed: () => number,
): Rehearsal {
  const stage = new Stage(world, random, speed);
  world.agenda.replay(HISTORY_MS, () => scenario.begin(stage));
  stage.goLive();
  let fixed = false;
  return {
    name: scenario.name,
    get fixed() {
      return fixed;
    },
    fix() {
      fixed = true;
      stage.fix();
    },
  };
}
