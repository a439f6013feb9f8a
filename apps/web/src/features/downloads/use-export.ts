import type { Action } from "@spillway/contract/table";
import { type Answer, confirm, type Question } from "../confirm/confirm.ts";
import { type Can, reason, useCan, useSession } from "../session/use-session.ts";

interface Exporting {
  /** Why no file may be taken, or null. */
  off: string | null;
  /** Asks why, where a reason is required; null: it is not wanted after all. */
  why: () => Promise<Answer | null>;
}

/** Taking a file along that is on record as this action. `queue`: as {@link Can} has it. */
export function useExport(
  action: Action,
  queue: Parameters<Can>[1],
  question: Pick<Question, "title" | "effect" | "wayBack">,
): Exporting {
  const off = reason(useCan()(action, queue));
  const asksWhy = useSession().policy.reason_required.includes(action);
  return {
    off,
    why: async () => (asksWhy ? confirm({ ...question, act: "Export", action }) : {}),
  };
}
