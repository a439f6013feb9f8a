import { EngineError, type EngineSnapshot } from "@spillway/engine";
import type { Random } from "../random.ts";
import { toSnapshot } from "../snapshot.ts";
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

/** How often a console would have looked in the past. Ms. */
const LOOK_EVERY_MS = 10_000;

/** Keeps what a console would have seen, as long as the past is lived through. */
function remember(world: World, past: EngineSnapshot[]): void {
  const looks = HISTORY_MS / LOOK_EVERY_MS;
  const look = (): void => {
    past.push(toSnapshot(world));
    if (past.length < looks) world.agenda.after(LOOK_EVERY_MS, look);
  };
  world.agenda.after(LOOK_EVERY_MS - 1, look);
}

/** Sets the scenario up half an hour ago in an empty world and lives through it until now. */
export function loadScenario(
  world: World,
  scenario: Scenario,
  random: Random,
  speed: () => number,
): Rehearsal {
  const stage = new Stage(world, random, speed);
  const past: EngineSnapshot[] = [];
  world.agenda.replay(HISTORY_MS, () => {
    scenario.begin(stage);
    remember(world, past);
  });
  stage.goLive();
  return {
    name: scenario.name,
    past,
    get fixed() {
      return stage.fixed;
    },
    fix: () => stage.fix(),
  };
}
