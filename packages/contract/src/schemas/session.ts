import { z } from "zod";
import { auditCopies } from "./audit.ts";
import { time, writeBody } from "./common.ts";
import { engineStatus } from "./overview.ts";

export const link = z.object({
  on: z.enum(["queue", "task", "worker", "trouble"]),
  label: z.string(),
  /** May hold `{queue}`, `{task}`, `{worker}`, `{job_id}`. */
  url: z.string(),
});

const retention = z.object({ step_s: z.number(), samples: z.int(), retention_s: z.number() });

export const session = z.object({
  actor: z.object({ id: z.string(), name: z.string(), verified: z.boolean(), roles: z.array(z.string()) }),
  auth: z.object({
    mode: z.string(),
    /** Whether one can log out here. */
    can_log_out: z.boolean(),
    /** Anyone on the network gets in, to do everything. */
    is_open: z.boolean(),
  }),
  /** Actions one may do on some queue at least, … */
  permissions: z.array(z.string()),
  /** … and those one may do for all queues at once. */
  permissions_overall: z.array(z.string()),
  read_only: z.boolean(),
  environment: z.object({ name: z.string().nullable(), tone: z.enum(["red", "amber", "green"]).nullable() }),
  engine: z.object({
    kind: z.string(),
    name: z.string(),
    version: z.string().nullable(),
    capabilities: z.record(z.string(), z.union([z.literal(true), z.string()])),
    status: engineStatus,
    embedded: z.boolean(),
    scenario: z.string().nullable(),
    /** Whether the fault of the scenario was ended by whoever rehearses. */
    scenario_fixed: z.boolean().nullable(),
    scenarios: z.array(z.object({ name: z.string(), description: z.string() })),
  }),
  server: z.object({ version: z.string(), time, started_at: time }),
  retention: z.object({
    audit: z.object({ capacity: z.int(), source: z.enum(["memory", "file"]), copies: auditCopies }),
    /** Samples of all layers together; the older ones are further apart, and the layers say how far. */
    metrics: retention.extend({ layers: z.array(retention) }),
  }),
  policy: z.object({ reason_required: z.array(z.string()) }),
  links: z.array(link),
  task_notes: z.record(z.string(), z.string()),
});
export type Session = z.infer<typeof session>;

/** What a page needs to know to let people in; told to anyone. */
export const login = z.object({
  mode: z.string(),
  /** Whether a name and a password get in. */
  password: z.boolean(),
  /** Whether whoever asks is in already. */
  is_in: z.boolean(),
  /** Where to go to get in, relative to the mount point; null where that is nowhere. */
  go_to: z.string().nullable(),
  /** What somebody who isn't known has to do, in one sentence. */
  remedy: z.string(),
  environment: session.shape.environment,
});
export type LoginWays = z.infer<typeof login>;

export const logInBody = writeBody.extend({
  user: z.string().trim().min(1).max(200),
  password: z.string().min(1).max(1024),
});
export const setNameBody = writeBody.extend({ name: z.string().trim().min(1).max(80) });
export const setScenarioBody = writeBody.extend({
  name: z.string().max(100),
  /** Ends the fault of the scenario that runs (`name` must be its name) instead of loading one. */
  fixed: z.literal(true).optional(),
  speed: z.number().min(0.1).max(100).optional(),
});
export const ackTroubleBody = writeBody.extend({
  note: z.string().max(500).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});
/**
 * Of an incident `incident` is its id; without one it gets one. Sent again with the same id it changes that incident:
 * with `until` it ends, without it is open.
 */
export const createMarkerBody = writeBody.extend({
  at: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  title: z.string().trim().min(1).max(500),
  kind: z.enum(["deploy", "incident", "note"]).default("note"),
  queue: z.string().max(1000).optional(),
  link: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
});
