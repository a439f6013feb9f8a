import { z } from "zod";
import { auditRecord } from "./audit.ts";
import { time } from "./common.ts";
import { marker, sample } from "./metrics.ts";
import { operation } from "./operations.ts";
import { engineStatus, overview } from "./overview.ts";
import { queueSummary } from "./queues.ts";
import { worker } from "./workers.ts";

/** Topics a stream may be narrowed to; `queue:<name>` narrows metrics to one queue. None given: all but metrics of single queues. */
export const eventsQuery = z.object({ topic: z.array(z.string().max(1100)).max(20).optional() });

/** The `data` of each server-sent event, by its `event` name. */
export const streamEvents = {
  hello: z.object({ epoch: z.string(), seq: z.int() }),
  overview: overview,
  /** Those that changed, whole, plus the names that went. */
  queues: z.object({ as_of: time, changed: z.array(queueSummary), removed: z.array(z.string()) }),
  workers: z.object({ as_of: time, changed: z.array(worker), removed: z.array(z.string()) }),
  /** The newest sample of all queues together, or of one if `queue` is set. */
  metrics: z.object({ queue: z.string().nullable(), sample }),
  audit: auditRecord,
  operation: operation,
  engine: engineStatus,
  marker: marker,
  /** Something was missed: read everything again. */
  resync: z.object({ reason: z.string() }),
  /** The server is going away; come back. */
  bye: z.object({ reason: z.string() }),
} as const;
export type StreamEventName = keyof typeof streamEvents;
export type StreamEvents = { [N in StreamEventName]: z.infer<(typeof streamEvents)[N]> };
