import { EngineError } from "@spillway/engine";
import type { Handlers } from "../http/handlers.ts";
import { invalid } from "../http/problem.ts";
import type { Room } from "./room.ts";

export function scenarioRoutes(room: Room): Pick<Handlers, "setScenario"> {
  const { rehearsal, sampler, shapes, selections, operations } = room;
  return {
    setScenario: ({ body: { name, speed, fixed }, actor }) => ({
      queue: null,
      jobId: null,
      details: {
        from: rehearsal?.current() ?? null,
        to: name,
        ...(speed !== undefined && { speed }),
        ...(fixed && { fixed }),
      },
      async act() {
        if (!rehearsal)
          throw new EngineError("unsupported", "Only the embedded engine can rehearse incidents.", {
            capability: "rehearsal",
          });
        const names = rehearsal.scenarios.map((scenario) => scenario.name);
        if (!names.includes(name)) throw invalid("name", `There is ${names.join(", ")}.`);
        if (fixed) {
          if (name !== rehearsal.current()) throw invalid("name", `${rehearsal.current()} is running.`);
          rehearsal.fix();
          return { affected: 1, reply: {} };
        }
        await operations.cancelAll(`${actor.name}, who loaded another scenario`);
        rehearsal.load(name, speed);
        selections.clear();
        shapes.clear();
        sampler.reset();
        return { affected: 1, reply: {} };
      },
    }),
  };
}
