import type { PathParams } from "@spillway/contract/paths";
import type { Body, Reply } from "@spillway/contract/schemas";
import type { WriteName } from "@spillway/contract/table";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { ApiError, Unreachable } from "../../api/api-error.ts";
import { write } from "../../api/client.ts";
import { errorWords } from "../../api/problem-words.ts";
import { queryClient } from "../../api/query-client.ts";
import { paths } from "../../lib/paths.ts";
import { type Toast, toast } from "../../ui/toasts.tsx";
import { incidentNow } from "../incidents/recent-markers.ts";

export interface WriteRequest<N extends WriteName> {
  endpoint: N;
  params: PathParams<N>;
  body: Body<N>;
  /** What is true once it is done: `billing is paused`. */
  done: string;
  /** What was tried: `Pausing billing`. */
  tried: string;
  /** How to take it back, beside the link to the record. */
  wayBack?: (reply: Reply<N>) => ReactNode;
  /** Say nothing on success, for one of many; failures are always said. */
  quiet?: boolean;
  /** Say and refresh nothing: the caller tells of many together and calls {@link refreshTouched} once. */
  silent?: boolean;
  /** Given where the same request may be sent once more, e.g. after no answer: it has one effect all the same. */
  key?: string;
}

/** An action has three outcomes. */
export type Outcome<N extends WriteName> =
  | { outcome: "success"; reply: Reply<N>; auditId: string }
  | { outcome: "failed"; error: unknown; auditId: string | null }
  | { outcome: "unknown"; error: unknown; auditId: string | null };

/**
 * The way every write goes: once, never repeated, its outcome told by a toast with a link to the audit. A request that
 * got no answer is unknown, not failed.
 */
export async function runWrite<N extends WriteName>(request: WriteRequest<N>): Promise<Outcome<N>> {
  const outcome = await attempt(request);
  if (!request.silent) {
    tellOutcome(request, outcome);
    refreshTouched();
  }
  return outcome;
}

async function attempt<N extends WriteName>(request: WriteRequest<N>): Promise<Outcome<N>> {
  try {
    const reply = await write(request.endpoint, request.params, withIncident(request), request.key);
    const auditId = reply.audit_id;
    if (reply.status === "unknown") return { outcome: "unknown", error: null, auditId };
    return { outcome: "success", reply, auditId };
  } catch (error) {
    const auditId = error instanceof ApiError ? (error.problem.audit_id ?? null) : null;
    const unanswered =
      error instanceof Unreachable || (error instanceof ApiError && error.code === "outcome_unknown");
    return { outcome: unanswered ? "unknown" : "failed", error, auditId };
  }
}

/** What is done while an incident is open bears its id, unless the body says otherwise: an empty one takes it off. */
function withIncident<N extends WriteName>({ endpoint, body }: WriteRequest<N>): Body<N> {
  const incident = incidentNow();
  // A name is no step of an incident.
  return incident === null || endpoint === "setName" ? body : { incident, ...body };
}

const unknownWords =
  "It may have happened or may still happen. It is not repeated; look at the queue before you try again.";

function tellOutcome<N extends WriteName>(request: WriteRequest<N>, outcome: Outcome<N>): void {
  const { tried, done, quiet, wayBack } = request;
  const { auditId } = outcome;
  if (outcome.outcome === "success") {
    if (!quiet) tell("success", done, undefined, auditId, wayBack?.(outcome.reply));
  } else if (outcome.outcome === "unknown") {
    tell("unknown", `${tried}: nobody knows yet whether it happened`, unknownWords, auditId);
  } else {
    const { title } = errorWords(outcome.error);
    tell("failed", `${tried} failed: ${title.toLowerCase()}`, refusalWords(outcome.error), auditId);
  }
}

/** Why something was refused, and who made it so where that is known. */
export function refusalWords(error: unknown): string {
  const by = error instanceof ApiError && error.problem.current?.by ? ` (${error.problem.current.by})` : "";
  return `${errorWords(error).text}${by}`;
}

function tell(
  outcome: Toast["outcome"],
  title: string,
  children: string | undefined,
  auditId: string | null,
  wayBack?: ReactNode,
): void {
  toast({
    outcome,
    title,
    ...(children === undefined ? {} : { children }),
    ...(auditId === null ? {} : { action: <ToastLinks auditId={auditId} wayBack={wayBack} /> }),
  });
}

const ToastLinks = ({ auditId, wayBack }: { auditId: string; wayBack: ReactNode }) => (
  <span className="flex gap-4">
    <AuditLink id={auditId} />
    {wayBack}
  </span>
);

export function AuditLink({ id }: { id: string }) {
  return (
    <Link to={paths.auditRecord(id)} className="text-xs text-accent hover:underline">
      Show the record
    </Link>
  );
}

const touched = [
  "getSession",
  "listQueues",
  "getQueue",
  "getOverview",
  "listJobs",
  "getJob",
  "listSchedules",
  "listAudit",
  "getShapeRetries",
  "getShapes",
  "listMarkers",
  "listOperations",
  "getOperation",
  "listOutcomes",
];

/** The stream will bring it too; this makes it sure where updates are paused. */
export function refreshTouched(): void {
  for (const name of touched) void queryClient.invalidateQueries({ queryKey: [name] });
}
