import type {
  Gate,
  Operation as OperationView,
  PhaseTarget,
  SelectionFilter,
} from "@spillway/contract/schemas";
import type { Action } from "@spillway/contract/table";
import type { Clock, ManyAction, QueueEngine } from "@spillway/engine";
import type { Licence } from "../commands/index.ts";
import type { ShapePlaces } from "./frozen/group-book.ts";
import { chunkSize } from "./run/rate-limit.ts";

/** How long removed jobs are held. Ms. */
const HELD_MS = 24 * 3_600_000;

/** What was ordered. Never changes. Times are epoch ms. */
export interface Order {
  /** A ULID; also the id of its hold, and the beginning of its receipts. */
  id: string;
  kind: OperationView["kind"];
  action: Action;
  queue: string;
  createdAt: number;
  /** When it is to begin; null: at once. */
  startsAt: number | null;
  selection: { text: string; filter: SelectionFilter | null };
  /** How many jobs were selected. */
  matched: number;
  /** What is done to each; null for a drain, which moves all aside at once. */
  many: ManyAction | null;
  ratePerS: number | null;
  resetAttempts: boolean;
  /** Jobs per call. */
  chunkSize: number;
  /** Of a retry: how its jobs had failed, so that what became of each kind can be told. Null where nobody knows. */
  shapes: ShapePlaces | null;
  redrive: { targets: PhaseTarget[]; gate: Gate } | null;
  /** Until when removed jobs are held; null where they are not. */
  holdUntil: number | null;
  /** Of a drain. */
  includeDelayed: boolean;
  actor: string;
  reason: string | null;
  incident: string | null;
  /** The record it was ordered by. */
  auditId: string;
}

type Essential = "id" | "kind" | "action" | "many" | "queue" | "selection" | "matched" | "actor";

/** An order under a licence; what is not said is nothing special. */
export function orderOf(
  clock: Clock,
  { id: auditId, intent: { reason, incident } }: Licence,
  what: Pick<Order, Essential> & Partial<Omit<Order, "chunkSize">>,
): Order {
  return {
    createdAt: clock.now(),
    startsAt: null,
    ratePerS: null,
    resetAttempts: false,
    chunkSize: chunkSize(what.ratePerS ?? null),
    shapes: null,
    redrive: null,
    holdUntil: null,
    includeDelayed: false,
    reason,
    incident,
    auditId,
    ...what,
  };
}

/** Until when jobs that are removed now, or from a time on, are held; null where the engine can't. */
export function heldUntil(
  { engine, clock }: { engine: Pick<QueueEngine, "capabilities">; clock: Clock },
  startsAt: number | null = null,
): number | null {
  return engine.capabilities.hold === true ? (startsAt ?? clock.now()) + HELD_MS : null;
}
