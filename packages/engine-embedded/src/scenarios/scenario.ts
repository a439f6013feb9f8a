import type { EngineSnapshot } from "@spillway/engine";
import type { Stage } from "./stage.ts";

/** An incident, or the lack of one, to rehearse. */
export interface Scenario {
  readonly name: string;
  /** One sentence: what has happened. */
  readonly description: string;
  readonly queues: readonly string[];
  /** Sets up queues, workers, traffic and the fault; called with the clock half an hour back. */
  begin(stage: Stage): void;
}

/** A scenario that runs. */
export interface Rehearsal {
  readonly name: string;
  /** What a console would have seen before it was opened, oldest first. */
  readonly past: readonly EngineSnapshot[];
  /** Whether its fault was ended. */
  readonly fixed: boolean;
  fix(): void;
}
