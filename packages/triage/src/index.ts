export {
  type BacklogCause,
  type BacklogCauseCode,
  type BacklogFigures,
  backlogCause,
  type EndedPause,
  type NowAndUsual,
} from "./backlog/backlog-cause.ts";
export { type BacklogJump, backlogJump } from "./backlog/backlog-jump.ts";
export { type BacklogPoint, type BacklogTrend, backlogTrend } from "./backlog/backlog-trend.ts";
export {
  type MeasuredNow,
  type Movement,
  type MovementSample,
  movement,
  type NowAndBefore,
} from "./movement.ts";
export { type PhaseTarget, phaseSizes, spreadOver } from "./redrive/phase-plan.ts";
export {
  allowedFailures,
  judgePhase,
  type PhaseFigures,
  type PhaseGate,
  type PhaseTally,
  type PhaseVerdict,
} from "./redrive/phase-verdict.ts";
export { type Conceal, type ErrorShapeKey, errorShape } from "./shape/error-shape.ts";
export {
  createShapeAccumulator,
  type FailedJob,
  groupShapes,
  MAX_SHAPES,
  type ShapeAccumulator,
  type ShapeAccumulatorOptions,
  type ShapeGroups,
} from "./shape/group-shapes.ts";
export type { Bar } from "./shape/histogram.ts";
export { messagePattern } from "./shape/message-pattern.ts";
export type { WindowCounts } from "./shape/recent-counts.ts";
export { ShapeCache } from "./shape/shape-cache.ts";
export type { ShapeGroup } from "./shape/shape-group.ts";
export { SpreadSample } from "./shape/spread-sample.ts";
export { type Frame, parseStack } from "./shape/stack.ts";
export { medianSlope } from "./statistics.ts";
export type {
  Evidence,
  LostWorker,
  Severity,
  Trouble,
  TroubleCode,
  TroubleInput,
  TroubleNotice,
  TroubleQueue,
  TroubleRates,
} from "./trouble/input.ts";
export { createNoticeBoard, type NoticeBoard, type PostedNotice } from "./trouble/notice-board.ts";
export {
  createTroubleTracker,
  type TroubleTracker,
  type TroubleTrackerOptions,
} from "./trouble/trouble-tracker.ts";
export { type Verdict, type VerdictSample, verdict } from "./verdict.ts";
export { count, duration, figure } from "./words.ts";
export { type CalmMinute, type LearnedBaseline, learnedBaseline } from "./workers/learned-baseline.ts";
export { type WorkerHealth, workerHealth } from "./workers/worker-health.ts";
export {
  createWorkerLedger,
  type LedgerEntry,
  type WorkerLedger,
} from "./workers/worker-ledger.ts";
