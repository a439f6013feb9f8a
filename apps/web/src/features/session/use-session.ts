import type { Session } from "@spillway/contract/schemas";
import { type Action, actions, EXPORTS, ROLES } from "@spillway/contract/table";
import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useLoaded } from "../../api/load.ts";
import { overviewQuery, sessionQuery } from "../../api/queries.ts";
import { formatAge } from "../../lib/format.ts";
import { useClock } from "../../ui/use-now.ts";
import { useLive } from "../live/the-live.ts";

/** Who I am, what I may do, what runs here. Loaded by the root route, so always there. */
export const useSession = (): Session => useLoaded(sessionQuery());

/** From which age on data is too old to delete by, ms. */
const tooOld = 15_000;

/** A sentence about why what is on screen may no longer be true, or null. Says nothing while updates flow. */
export function useStaleness(): string | null {
  const { status, heardAt } = useLive();
  const { data: overview } = useQuery({ ...overviewQuery(), enabled: false });
  const age = useClock((now) => {
    const ms = heardAt === null ? 0 : now - heardAt;
    return status === "live" || ms < tooOld ? 0 : ms;
  });
  if (overview?.engine.status === "down")
    return "The engine can't be reached, so this may no longer be true.";
  if (age === 0) return null;
  return `This was true ${formatAge(age / 1000)} ago; ${status === "paused" ? "resume updates" : "wait for the connection"} first.`;
}

/** The time of what is shown, where that may have become untrue since; null while it is current. */
export const useThen = (asOf: string): string | null => (useStaleness() === null ? null : asOf);

/** `queue`: what is known of the one that it concerns; null: it concerns all of them at once. */
export type Can = (
  action: Action,
  queue?: { read_only: boolean; denied: Record<string, string> } | null,
) => true | string;

/** Whether an action may be tried here now: true, or a sentence that says why not. */
export function useCan(): Can {
  const session = useSession();
  const stale = useStaleness();
  return useCallback((action, queue) => whyNot(session, stale, action, queue) ?? true, [session, stale]);
}

function whyNot(
  session: Session,
  stale: string | null,
  action: Action,
  queue: Parameters<Can>[1],
): string | null {
  const denied = queue?.denied[action];
  if (denied !== undefined) return denied;
  const isExport = EXPORTS.includes(action);
  if (session.read_only && !isExport) return "This console is read-only.";
  if (!session.permissions.includes(action)) return whatItTakes(session, action);
  if (queue === null && !session.permissions_overall.includes(action))
    return "Your role may do this on some queues only.";
  if (queue?.read_only && !isExport) return "This queue is read-only here.";
  // What contains damage (pause, resume, cancel) is never held back by old data.
  const contains = action === "job.cancel" || !actions[action].destructive;
  return contains ? null : stale;
}

/** Who has a role of one's own can't tell from the names of the built-in ones what to ask for. */
function whatItTakes({ actor }: Session, action: Action): string {
  const own = actor.roles.filter((role) => !ROLES.some((known) => known === role));
  if (own.length > 0) return `Your role ${own.join(", ")} may not do this. ${whoGives}`;
  return `Your role may not do this; it takes ${actions[action].role}. ${whoGives}`;
}

const whoGives = "Whoever runs this console gives roles.";

/** Of one who may look, and take copies along, but do nothing to any queue: their roles. Null of others. */
export function lookerOf({ actor, permissions, read_only }: Session): string | null {
  const acts = Object.entries(actions).some(
    ([action, { role }]) => permissions.includes(action) && (role === "operator" || role === "admin"),
  );
  return acts || read_only ? null : actor.roles.join(", ");
}

/** `true` → nothing, a reason → the reason; for `disabledReason`. */
export const reason = (answer: true | string): string | null => (answer === true ? null : answer);
