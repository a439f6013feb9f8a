import type { Preview } from "./use-preview.ts";

/** Why a selection can't be acted on now, as a sentence, or null. */
export function whyNotReady({ selection, error, expired }: Preview): string | null {
  if (selection === undefined)
    return error === null ? "The jobs are being counted." : "The jobs could not be counted.";
  if (!selection.complete) return "Wait until all jobs are counted, so that it is known how many it will be.";
  if (expired) return "This count is too old to act on; count again.";
  return selection.matched === 0 ? "No job matches." : null;
}
