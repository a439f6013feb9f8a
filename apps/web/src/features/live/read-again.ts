import type { QueryClient } from "@tanstack/react-query";

/**
 * Reads again whatever is shown, once something may have been missed; but for walks through many jobs (`meta.isWalk`): those would
 * begin anew with all of their pages, one after the other, and while much happens never come to an end.
 */
export function readAgain(client: QueryClient): void {
  void client.invalidateQueries({ predicate: ({ meta }) => meta?.isWalk !== true });
}
