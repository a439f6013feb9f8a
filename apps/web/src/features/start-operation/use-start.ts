import type { Body, Operation } from "@spillway/contract/schemas";
import { useRef, useState } from "react";
import { ApiError } from "../../api/api-error.ts";
import { openOperationsQuery } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { uniqueId } from "../../lib/unique.ts";
import { refreshTouched, refusalWords, runWrite } from "../actions/run-write.tsx";
import { isUnderWay } from "../operations/is-under-way.ts";

type StartName = "bulkJobs" | "redriveJobs" | "drainQueue" | "cleanQueue";

/** Why it did not begin, or that nobody knows. */
export interface Refusal {
  kind: "refused" | "unknown";
  text: string;
  /** The operation that is under way and must end first. */
  operationId: string | null;
  auditId: string | null;
}

interface UsedStart<N extends StartName> {
  busy: boolean;
  refusal: Refusal | null;
  /** Resolves to what began, or to null with `refusal` set. */
  begin(body: Body<N>): Promise<Operation | null>;
}

/**
 * Sends the request that begins an operation. Pressed again after no answer, the same request carries the same key, so
 * that it can only begin once; after a plain refusal it is a new one.
 */
export function useStart<N extends StartName>(endpoint: N, queue: string): UsedStart<N> {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const unanswered = useRef<{ text: string; key: string } | null>(null);
  return {
    busy,
    refusal,
    async begin(body) {
      const text = JSON.stringify(body);
      const key = unanswered.current?.text === text ? unanswered.current.key : uniqueId();
      setBusy(true);
      setRefusal(null);
      const outcome = await runWrite<StartName>({
        endpoint,
        params: { queue },
        body,
        key,
        done: "",
        tried: "",
        silent: true,
      });
      refreshTouched();
      setBusy(false);
      unanswered.current = outcome.outcome === "unknown" ? { text, key } : null;
      if (outcome.outcome === "success") return outcome.reply.operation;
      setRefusal(refusalOf(outcome, queue));
      return null;
    },
  };
}

function refusalOf(
  outcome: { outcome: "failed" | "unknown"; error: unknown; auditId: string | null },
  queue: string,
): Refusal {
  const { error, auditId } = outcome;
  if (outcome.outcome === "unknown") {
    const text =
      "Nobody knows yet whether it began. Look at the operations, or press once more: the same request begins only once.";
    return { kind: "unknown", text, operationId: null, auditId };
  }
  const conflict = error instanceof ApiError && error.code === "conflict";
  return {
    kind: "refused",
    text: refusalWords(error),
    operationId: conflict ? (error.problem.operation_id ?? runningOn(queue)) : null,
    auditId,
  };
}

/** What is known to run on a queue, for replies that don't name it. */
function runningOn(queue: string): string | null {
  const known = queryClient.getQueryData(openOperationsQuery().queryKey);
  return known?.items.find((one) => one.queue === queue && isUnderWay(one))?.id ?? null;
}
