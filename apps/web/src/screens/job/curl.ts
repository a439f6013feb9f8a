import { apiUrl } from "../../api/client.ts";
import { type JobAction, jobActions } from "../../features/job-actions/job-action.ts";
import { postAsCurl, readAsCurl } from "../../features/session/as-curl.ts";

interface Job {
  queue: string;
  id: string;
  version: string;
}

export const jobAsCurl = ({ queue, id }: Job): string => readAsCurl(apiUrl("getJob", { queue, job_id: id }));

/** The same write as the button, only if the job is still as it is on screen. */
export const actionAsCurl = ({ queue, id, version }: Job, action: JobAction): string =>
  postAsCurl(apiUrl(jobActions[action].endpoint, { queue, job_id: id }), { expect: { version } });
