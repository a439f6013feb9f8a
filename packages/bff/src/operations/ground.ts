import type { QueueDetail } from "@spillway/contract/schemas";
import type { Clock, QueueEngine } from "@spillway/engine";
import type { Licence } from "../commands/index.ts";
import type { Logger } from "../deps.ts";
import type { Redactor } from "../redaction/index.ts";
import type { Operation } from "./operation.ts";
import type { Chunk } from "./run/chunk-plan.ts";

/** What work in the background stands on. */
export interface Ground {
  engine: QueueEngine;
  clock: Clock;
  log: Logger;
  redactor: Redactor;
  /** Numbers moved: those who look are told soon. */
  moved(operation: Operation): void;
  /** It stands elsewhere now: kept, and told. */
  stands(operation: Operation): void;
  /** Resolves when where it stands is kept, whatever happens to the process. */
  kept(operation: Operation): Promise<void>;
  /** What became of these jobs is known: kept, and told. */
  chunkDone(operation: Operation, chunk: Chunk): void;
  /** The fate of a retried job became known: kept, and told. */
  fateKnown(operation: Operation, position: number): void;
  /** The queue as of the last sample; null if there is none. */
  sampled(queue: string): QueueDetail | null;
  /** Another that does the same in its queue now. */
  other(operation: Operation): Operation | undefined;
  /** What the engine tells of this job from now on is remembered for a while. */
  follow(queue: string, jobId: string): void;
  /** Whether another process will take up what this one leaves. */
  isKept: boolean;
}

/** Does what was ordered, from where the operation stands to its end, and settles the licence. */
export type Work = (ground: Ground, operation: Operation, licence: Licence) => Promise<void>;
