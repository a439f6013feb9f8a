import { EngineError, type UnavailableCause } from "@spillway/engine";

const CAUSES: readonly [RegExp, UnavailableCause][] = [
  [/\b(NOAUTH|WRONGPASS)\b|invalid (username-)?password|without any password configured/i, "auth"],
  [/\bNOPERM\b/, "permission"],
  [/\bREADONLY\b/, "readonly"],
  [/\bMASTERDOWN\b/, "masterdown"],
  [/\bOOM\b/, "oom"],
  [/\bLOADING\b|\bBUSY\b|\bTRYAGAIN\b/, "timeout"],
  [/\b(?:MOVED|ASK) \d|\bCLUSTERDOWN\b|All sentinels are unreachable/, "down"],
];

const WORDS: Record<UnavailableCause, string> = {
  down: "cannot be reached",
  auth: "refuses the credentials. Check the user and password in the Redis URL",
  permission: "denies this user a command that is needed here. Extend the user's ACL",
  readonly: "is a read-only replica. Point the Redis URL at the primary",
  masterdown: "is a replica that lost its primary",
  oom: "is out of memory and takes no more writes",
  timeout: "did not answer in time",
  circuit_open: "was not asked: it failed repeatedly a moment ago",
};

/** Connection trouble, told apart from what Redis said. */
const NO_CONNECTION =
  /ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|Connection is closed|isn't writeable|max retries per request|Socket timeout|Socket closed/i;

/** With no offline queue the driver refuses a command before it is sent; a node of a cluster, one that is not its own. */
const NEVER_RUN = /isn't writeable|\b(?:MOVED|ASK) \d|\bCLUSTERDOWN\b/i;

export function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Why Redis could not be used, or null if the error says nothing of the kind. */
export function causeOf(error: unknown): UnavailableCause | null {
  const text = textOf(error);
  const named = CAUSES.find(([pattern]) => pattern.test(text));
  if (named) return named[1];
  return NO_CONNECTION.test(text) ? "down" : null;
}

/** Nothing happened: Redis was not asked, or said no. The driver's words stay out of the message. */
export function unavailable(name: string, cause: UnavailableCause, source?: unknown): EngineError {
  return new EngineError("unavailable", `${name} ${WORDS[cause]}.`, { cause, source });
}

/** It was asked and did not answer: a write may or may not take effect. */
export function outcomeUnknown(name: string, source?: unknown): EngineError {
  return new EngineError(
    "outcome_unknown",
    `${name} did not answer. The change may or may not have taken effect.`,
    { source },
  );
}

/** What a failed command means. A connection lost after a write was sent leaves its outcome open. */
export function toEngineError(name: string, kind: "read" | "write", error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const cause = causeOf(error);
  if (NEVER_RUN.test(textOf(error))) return unavailable(name, "down", error);
  if (cause === "down" && kind === "write") return outcomeUnknown(name, error);
  if (cause !== null) return unavailable(name, cause, error);
  return new EngineError("refused", `${name} could not do this: ${firstLine(error)}`, { source: error });
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split("\n")[0] ?? "").replace(/:\/\/[^@\s]*@/g, "://").slice(0, 200);
}
