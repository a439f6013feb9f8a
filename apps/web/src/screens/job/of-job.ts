/** The audit records of one job. */
export const ofJob = (queue: string, jobId: string) => ({ queue, job_id: jobId, limit: 50 });
