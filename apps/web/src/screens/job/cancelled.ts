import type { JobDetail } from "@spillway/contract/schemas";

type AttemptError = NonNullable<JobDetail["attempts"][number]["error"]>;

/** Every engine names it so. */
const isCancel = (error: { name: string | null } | null): boolean => error?.name === "Cancelled";

/** Somebody ended it: it does not wait to be retried as what failed by itself does. */
export const wasCancelled = ({ state, error }: Pick<JobDetail, "state" | "error">): boolean =>
  state === "failed" && isCancel(error);

/** The last error of its own; null where it never failed by itself. */
export const failureBefore = ({ attempts }: Pick<JobDetail, "attempts">): AttemptError | null =>
  attempts.findLast(({ error }) => error !== null && !isCancel(error))?.error ?? null;
