/** Retries of this queue's jobs, as the audit is asked for them. */
export const earlierRetries = (queue: string) => ({ queue, action: "job.retry", limit: 1 });
