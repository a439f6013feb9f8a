import type { ErrorShape } from "@spillway/contract/schemas";
import { useState } from "react";

interface Pinned {
  ids: readonly string[];
  /** Takes the samples of now; null while they are the same. */
  renew: (() => void) | null;
}

const none: readonly string[] = [];

/**
 * The samples of the open shape as they were when it was opened. The server spreads samples anew over all that failed
 * since; rows that change under the pointer can't be read, and those retried must stay to be watched.
 */
export function usePinned(shape: ErrorShape | undefined, scope: string): Pinned {
  const [pinned, pin] = useState({ of: "", ids: none });
  if (shape === undefined) return { ids: none, renew: null };
  const of = `${scope} ${shape.id}`;
  const fresh = shape.sample_job_ids;
  const ids = pinned.of === of ? pinned.ids : none;
  const grown = ids.length >= fresh.length ? ids : [...new Set([...ids, ...fresh])].slice(0, fresh.length);
  if (pinned.of !== of || grown.length !== ids.length) pin({ of, ids: grown });
  return {
    ids: grown,
    renew: fresh.every((id) => grown.includes(id)) ? null : () => pin({ of, ids: fresh }),
  };
}
