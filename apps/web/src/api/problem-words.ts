import type { EngineStatus, Problem } from "@spillway/contract/schemas";
import { CodeMissing } from "../lib/code.ts";
import { ApiError, Unreachable } from "./api-error.ts";

const causes: Record<NonNullable<EngineStatus["cause"]>, string> = {
  down: "It refuses connections or is not running.",
  auth: "It refuses our password or user name.",
  permission: "It does not permit a command that is needed.",
  readonly: "It is a replica that takes no writes.",
  masterdown: "It is a replica that has lost its master.",
  oom: "It is out of memory and refuses to store more.",
  timeout: "It did not answer in time.",
  circuit_open: "It failed several times in a row; it is tried again shortly.",
};

export const causeWords = (cause: Problem["cause"] | EngineStatus["cause"]): string =>
  cause === undefined || cause === null ? "The reason is not known." : causes[cause];

const titles: Partial<Record<Problem["code"], string>> = {
  not_found: "Not found",
  forbidden: "Not permitted",
  unauthenticated: "You are not logged in",
  engine_unavailable: "The engine can't be reached",
  rate_limited: "Too many requests",
  unsupported: "This engine can't do that",
  conflict: "It has changed meanwhile",
  outcome_unknown: "Nobody knows yet whether it happened",
};

export interface ErrorWords {
  title: string;
  text: string;
  reference: string | null;
}

/** What to tell people about an error, in sentences. */
export function errorWords(error: unknown): ErrorWords {
  if (error instanceof Unreachable)
    return { title: "The console does not answer", text: error.message, reference: null };
  if (error instanceof CodeMissing)
    return {
      title: "This page is not whole",
      text: `${error.message} The network was away, or a newer version of the console has been put in place: load the page again.`,
      reference: null,
    };
  if (!(error instanceof ApiError)) {
    return {
      title: "This page failed",
      text: "A fault of the console, not of your queues.",
      reference: error instanceof Error ? error.message : null,
    };
  }
  const { problem } = error;
  const cause = problem.code === "engine_unavailable" && problem.cause ? ` ${causeWords(problem.cause)}` : "";
  return {
    title: titles[problem.code] ?? problem.title,
    text: `${problem.detail}${cause}`,
    reference: problem.request_id === "" ? null : `request ${problem.request_id}`,
  };
}
