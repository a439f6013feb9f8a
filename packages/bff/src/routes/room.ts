import type { AuditStore } from "../audit/index.ts";
import type { Authenticator, Policy } from "../auth/index.ts";
import type { BffDeps } from "../deps.ts";
import type { AllJobViews } from "../jobs/views.ts";
import type { Limiter } from "../limits/index.ts";
import type { EventHub } from "../live/index.ts";
import type { Operations, Selections } from "../operations/index.ts";
import type { Redactor } from "../redaction/index.ts";
import type { FateBook, MarkerStore, Sampler } from "../seams.ts";
import type { ShapesReader } from "../triage/index.ts";

/** Everything that handlers may reach. */
export interface Room
  extends Pick<BffDeps, "engine" | "clock" | "log" | "config" | "rehearsal" | "sha256" | "processFigures"> {
  audit: AuditStore;
  authenticator: Authenticator;
  policy: Policy;
  limiter: Limiter;
  peerAddress: (bindings: unknown) => string | null;
  hub: EventHub;
  sampler: Sampler;
  markers: MarkerStore;
  fates: FateBook;
  redactor: Redactor;
  views: AllJobViews;
  shapes: ShapesReader;
  selections: Selections;
  operations: Operations;
  /** Epoch ms. */
  startedAt: number;
}
