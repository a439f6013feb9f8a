import type { Operation, OperationPhase } from "@spillway/contract/schemas";

const at = (time: string) => `2026-11-24T${time}.000Z`;

/** A bulk retry that has begun; every test says what differs. */
export const bulk = (over: Partial<Operation> = {}): Operation => ({
  id: "01KB0000000000000000000001",
  kind: "bulk",
  action: "job.retry",
  queue: "billing",
  state: "running",
  selection: {
    text: "failed jobs whose task contains “invoice”",
    filter: { state: "failed", task: "invoice" },
  },
  matched: 2310,
  done: 1200,
  succeeded: 1190,
  skipped: 8,
  failed: 2,
  unknown: 0,
  rate_per_s: null,
  speed_per_s: 312,
  reset_attempts: false,
  created_at: at("14:20:58"),
  starts_at: null,
  started_at: at("14:21:00"),
  finished_at: null,
  eta_s: 4,
  undo_until: null,
  held: null,
  note: null,
  actor: "ana",
  reason: "provider recovered 14:20",
  incident: "INC-2231",
  audit_id: "01KB00000000000000000000A1",
  gate: null,
  phases: [],
  failing_per_min: null,
  ...over,
});

/** A phase that has not begun. */
export const phase = (number: number, over: Partial<OperationPhase> = {}): OperationPhase => ({
  number,
  target: number === 1 ? { count: 10 } : number === 2 ? { percent: 10 } : { rest: true },
  state: "waiting",
  size: number === 1 ? 10 : number === 2 ? 231 : 2069,
  retried: 0,
  skipped: 0,
  started: 0,
  completed_again: 0,
  failed_again: 0,
  gone: 0,
  still_open: 0,
  verdict: null,
  overruled_by: null,
  failing_shapes: [],
  audit_id: null,
  started_at: null,
  settles_at: null,
  finished_at: null,
  ...over,
});

/** Its ten are all back and well. */
export const passed = (over: Partial<OperationPhase> = {}): OperationPhase =>
  phase(1, {
    state: "passed",
    retried: 10,
    started: 10,
    completed_again: 10,
    verdict: "10 of 10 jobs completed, 0 failed again (1 allowed).",
    audit_id: "01KB00000000000000000000A2",
    started_at: at("14:21:00"),
    finished_at: at("14:22:04"),
    ...over,
  });

/** A phased retry in its first phase. */
export const redrive = (over: Partial<Operation> = {}): Operation => ({
  ...bulk(),
  kind: "redrive",
  selection: {
    text: "failed jobs of “TimeoutError: connect to <host> timed out”",
    filter: { state: "failed", error_shape: "v1:abc" },
  },
  done: 10,
  succeeded: 10,
  skipped: 0,
  failed: 0,
  speed_per_s: null,
  eta_s: null,
  gate: {
    max_failure_rate: 0.05,
    min_settled: 0.9,
    settle_s: 60,
    advance: "auto",
    on_regression: "stop",
  },
  phases: [
    phase(1, { state: "running", retried: 10, started: 4, completed_again: 3, still_open: 7 }),
    phase(2),
    phase(3),
  ],
  failing_per_min: { before: 84, now: 12 },
  ...over,
});

/** 12,400 waiting jobs moved aside. */
export const drained = (over: Partial<Operation> = {}): Operation => ({
  ...bulk(),
  kind: "drain",
  action: "queue.drain",
  state: "done",
  selection: { text: "all waiting jobs", filter: null },
  matched: 12_400,
  done: 12_400,
  succeeded: 12_400,
  skipped: 0,
  failed: 0,
  speed_per_s: null,
  eta_s: null,
  finished_at: at("14:21:01"),
  // On no day on which a test may run: what is said of today has no date.
  undo_until: "2126-11-25T14:21:00.000Z",
  held: { count: 12_400, state: "held" },
  ...over,
});
