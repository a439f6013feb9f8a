import type { Clock } from "@spillway/engine";
import type { Connection } from "./connection.ts";
import type { Discovery } from "./discovery.ts";
import type { EventsReader } from "./events-reader.ts";

/** What every ability of the engine stands on. */
export interface EngineParts {
  connection: Connection;
  discovery: Discovery;
  events: EventsReader;
  prefix: string;
  clock: Clock;
}
