import { apiUrl } from "../../api/client.ts";
import { type JobAction, jobActions } from "../../features/job-actions/job-action.ts";

interface Job {
  queue: string;
  id: string;
  version: string;
}

/** One shell word, whatever it holds. */
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

export const readAsCurl = ({ queue, id }: Job): string =>
  `curl -sS ${quote(apiUrl("getJob", { queue, job_id: id }))}`;

/** The same write as the button, only if the job is still as it is on screen. */
export function writeAsCurl({ queue, id, version }: Job, action: JobAction): string {
  const url = apiUrl(jobActions[action].endpoint, { queue, job_id: id });
  const body = JSON.stringify({ expect: { version } });
  return `curl -sS -X POST -H 'content-type: application/json' -H 'x-spillway-request: 1' -d ${quote(body)} ${quote(url)}`;
}
