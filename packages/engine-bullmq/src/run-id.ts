/** Ids of jobs that an operator started from a schedule: BullMQ allows two colons in an id of one's own, or none. */
const PREFIX = "run-now";

export function runIdOf(scheduleId: string, at: number): string {
  return `${PREFIX}:${encodeURIComponent(scheduleId)}:${at}`;
}

export function scheduleOfRun(jobId: string): string | null {
  const [prefix, schedule, at, ...rest] = jobId.split(":");
  if (prefix !== PREFIX || schedule === undefined || at === undefined || rest.length > 0) return null;
  try {
    return decodeURIComponent(schedule);
  } catch {
    return null;
  }
}
