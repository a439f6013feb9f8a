import type { AuditRecord } from "@spillway/contract/schemas";
import { formatCount } from "../../lib/format.ts";
import { observedWords } from "../actions/action-words.ts";

/** What an action did, in a few words; empty where there is nothing to count. */
export function effectWords(record: AuditRecord): string {
  const { requested, affected, skipped, failed, error } = record;
  const observed = observedWords(record);
  if (observed !== null) return observed;
  if (error !== null) return `${error.message.replace(/\.$/, "")} (${error.code}).`;
  if (record.status === "pending") return "not finished yet";
  if (record.status === "unknown") return "nobody knows whether it happened";
  if (affected === null || (affected === 1 && requested === 1)) return "";
  const parts = [
    requested === null ? formatCount(affected) : `${formatCount(affected)} of ${formatCount(requested)}`,
  ];
  if (skipped !== null && skipped > 0) parts.push(`${formatCount(skipped)} skipped`);
  if (failed !== null && failed > 0) parts.push(`${formatCount(failed)} failed`);
  return parts.join(", ");
}

/** `from failed to waiting`: how a job moved, where one did; of one that ran, whether its worker stopped; of a marker what it says. */
export function moveWords({ action, details, status }: AuditRecord): string {
  const { from, to, stopped, kind, title, withdrawn } = details;
  if (action.startsWith("marker.") && typeof kind === "string" && typeof title === "string")
    return `${kind}: ${title}${withdrawn === undefined ? "" : " (withdrawn)"}`;
  if (status !== "success" || typeof from !== "string" || typeof to !== "string") return "";
  if (stopped === false) return "not stopped: its worker was asked and goes on";
  if (from === to) return "";
  const move = `from ${stateWords(from)} to ${stateWords(to)}`;
  return stopped === true && from === "active" ? `stopped, ${move}` : move;
}

/** Of jobs and of operations. */
const words: Record<string, string> = {
  blocked: "waiting for children",
  awaiting_verdict: "settling",
  awaiting_operator: "waiting for somebody",
  cancelled: "stopped",
};

const stateWords = (state: string): string => words[state] ?? state;

const sources: Record<AuditRecord["source"], string> = {
  ui: "in the browser",
  api: "through the API",
  bulk: "with a bulk action",
  redrive: "with a phased retry",
  system: "by the console itself",
  observed: "outside the console; the console only saw it",
};

/** How an action came to be. */
export const sourceWords = (source: AuditRecord["source"]): string => sources[source];
