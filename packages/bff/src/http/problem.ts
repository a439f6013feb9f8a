import type { Problem, ProblemCode } from "@spillway/contract/schemas";
import { EngineError, type EngineErrorCode } from "@spillway/engine";
import type { Redactor } from "../redaction/index.ts";

const MEANING: Record<ProblemCode, { status: number; title: string }> = {
  invalid_request: { status: 400, title: "The request is not valid" },
  unauthenticated: { status: 401, title: "Nobody is signed in" },
  forbidden: { status: 403, title: "Not allowed" },
  not_found: { status: 404, title: "Not found" },
  conflict: { status: 409, title: "Not possible now" },
  too_large: { status: 413, title: "The request is too large" },
  unsupported_media_type: { status: 415, title: "Only JSON is understood" },
  misdirected: { status: 421, title: "Not the host that was asked for" },
  key_reused: { status: 422, title: "The idempotency key was used for something else" },
  rate_limited: { status: 429, title: "Too many requests" },
  internal: { status: 500, title: "Something went wrong" },
  unsupported: { status: 501, title: "Not possible with this engine" },
  engine_unavailable: { status: 503, title: "The engine cannot be reached" },
  audit_unavailable: { status: 503, title: "The audit cannot be written" },
  outcome_unknown: { status: 504, title: "The outcome is not known" },
};

export type ProblemExtras = Partial<
  Pick<
    Problem,
    | "issues"
    | "current"
    | "capability"
    | "cause"
    | "audit_id"
    | "last_known"
    | "operation_id"
    | "selection_token"
  >
> & { status?: number; headers?: Record<string, string> };

/** Thrown anywhere below the HTTP layer to answer with a problem; `detail` is shown to people. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly code: ProblemCode;
  readonly extras: ProblemExtras;

  constructor(code: ProblemCode, detail: string, extras: ProblemExtras = {}) {
    super(detail);
    this.code = code;
    this.extras = extras;
  }

  with(extras: ProblemExtras): ProblemError {
    return new ProblemError(this.code, this.message, { ...this.extras, ...extras });
  }
}

/** One field of a query or body that is wrong. */
export function invalid(path: string, message: string): ProblemError {
  const detail = path === "" ? message : `${path}: ${message}`;
  return new ProblemError("invalid_request", detail, { issues: [{ path, message }] });
}

/** For whoever names one that is not there, or not there for them: of the same words. */
export function noQueue(name: string): ProblemError {
  return new ProblemError("not_found", `There is no queue ${JSON.stringify(name.slice(0, 200))}.`);
}

const CODES: Record<EngineErrorCode, ProblemCode> = {
  unavailable: "engine_unavailable",
  queue_not_found: "not_found",
  job_not_found: "not_found",
  schedule_not_found: "not_found",
  conflict: "conflict",
  refused: "conflict",
  unsupported: "unsupported",
  outcome_unknown: "outcome_unknown",
};

/** What was thrown, as a problem; null if it is nothing that anybody foresaw. */
export function toProblemError(error: unknown): ProblemError | null {
  if (error instanceof ProblemError) return error;
  if (!(error instanceof EngineError)) return null;
  const { code, message, current, capability, reason } = error;
  return new ProblemError(CODES[code], message, {
    ...(code === "conflict" && { current: { state: null, version: null, by: null, ...current } }),
    ...(capability !== undefined && { capability }),
    ...(code === "unavailable" && { cause: reason ?? "down" }),
  });
}

/** The body of a reply. */
export function toProblem(error: ProblemError, requestId: string): Problem {
  const { status, headers: _, ...extras } = error.extras;
  const meaning = MEANING[error.code];
  return {
    type: `urn:spillway:problem:${error.code}`,
    title: meaning.title,
    status: status ?? meaning.status,
    code: error.code,
    detail: error.message,
    request_id: requestId,
    ...extras,
  };
}

/** A problem as a reply that can be kept: a plain value. */
export function problemBody(error: ProblemError, requestId: string) {
  const body = toProblem(error, requestId);
  return { status: body.status, body, headers: { ...error.extras.headers } };
}

/** Sends a reply as JSON; from 400 on it is `application/problem+json`, whose sentences hold no secret. */
export function toResponse(
  reply: { status: number; body: unknown; headers: Record<string, string> },
  { value }: Redactor,
): Response {
  const isProblem = reply.status >= 400;
  const shown = (key: string, part: unknown): unknown =>
    SENTENCES.has(key) && typeof part === "string" ? value(part) : part;
  return new Response(JSON.stringify(reply.body, isProblem ? shown : undefined), {
    status: reply.status,
    headers: {
      "Content-Type": isProblem ? "application/problem+json" : "application/json",
      ...reply.headers,
    },
  });
}

/** What of a problem may repeat what a caller sent or an engine said. */
const SENTENCES: ReadonlySet<string> = new Set(["detail", "message", "path", "event"]);
