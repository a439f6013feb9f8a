import { buildQuery } from "@spillway/contract/paths";
import { Link } from "react-router";
import { formatCount, plural, shortId } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { toast } from "../../ui/toasts.tsx";
import { AuditLink, refreshTouched } from "../actions/run-write.tsx";
import { each } from "./each.ts";
import { followRetried, type Told } from "./follow-retried.tsx";
import { type JobAction, jobActions, jobsName } from "./job-action.ts";
import { type ActRequest, type JobResult, writeJob } from "./write-job.ts";

/** How many requests are under way at once. */
const width = 4;

/**
 * One write and one audit record a job. One toast tells the progress, then what came of all of them, then what became
 * of those that were retried. Resolves when all have been tried; the following goes on behind.
 */
export async function actOnJobs(request: ActRequest): Promise<JobResult[]> {
  const { queue, action, jobs } = request;
  const title = `${jobActions[action].doing} ${jobsName(jobs, shortId)} in ${queue}`;
  const message = toast({ outcome: "running", title });
  const results = await each(
    jobs,
    width,
    (job) => writeJob(request, job),
    (count) =>
      jobs.length > 1 && message.update({ children: `${formatCount(count)} of ${formatCount(jobs.length)}` }),
  );
  refreshTouched();
  const told = tellOf(request, results);
  const link = { action: <EvidenceLink request={request} results={results} /> };
  const retried = action === "job.retry" ? results.filter((one) => one.kind === "done") : [];
  // What was told of the progress must not stay under the outcome.
  if (retried.length === 0) message.update({ children: undefined, ...told, ...link });
  else {
    message.update({
      ...told,
      ...link,
      outcome: "running",
      children: told.children ?? "Waiting to run again",
    });
    const ids = retried.map((one) => one.id);
    void followRetried(queue, ids, told, (next) => message.update({ ...next, ...link })).then(refreshTouched);
  }
  return results;
}

const counted: Record<JobResult["kind"], string> = {
  done: "done",
  "still running": "asked to stop, still running",
  refused: "refused",
  unknown: "of unknown outcome",
};

/** The three outcomes of one or many, in words. */
export function tellOf({ queue, action, jobs }: ActRequest, results: readonly JobResult[]): Told {
  const count = (kind: JobResult["kind"]) => results.filter((one) => one.kind === kind).length;
  const outcome =
    count("refused") > 0 ? "failed" : count("unknown") + count("still running") > 0 ? "unknown" : "success";
  const why = results.find((one) => one.why !== null)?.why ?? null;
  const [only] = results;
  if (results.length === 1 && only !== undefined) {
    const title = singleTitle(action, only);
    return { outcome, title, ...(singleNote(only) === null ? {} : { children: singleNote(only) }) };
  }
  const kinds = (["done", "still running", "refused", "unknown"] as const).filter((kind) => count(kind) > 0);
  const title = `${jobActions[action].did} ${formatCount(count("done"))} of ${plural(jobs.length, "job")} in ${queue}`;
  if (outcome === "success") return { outcome, title };
  const parts = kinds.map((kind) => `${formatCount(count(kind))} ${counted[kind]}`).join(", ");
  // Said of one job, it must not sound as if it were said of all.
  const first = results.filter(({ why: one }) => one !== null).length > 1 ? "The first: " : "";
  return { outcome, title, children: why === null ? parts : `${parts}. ${first}${why}` };
}

const doneWords: Record<JobAction, string> = {
  "job.retry": "goes back to waiting",
  "job.cancel": "is cancelled",
  "job.remove": "is removed",
  "job.promote": "waits to run now",
};

function singleTitle(action: JobAction, { id, kind }: JobResult): string {
  const job = shortId(id);
  if (kind === "done") return `${job} ${doneWords[action]}`;
  if (kind === "still running") return `${job} was asked to stop and still runs`;
  const { doing } = jobActions[action];
  return kind === "refused"
    ? `${doing} ${job} was refused`
    : `${doing} ${job}: nobody knows yet whether it happened`;
}

const singleNote = ({ kind, why }: JobResult): string | null =>
  kind === "unknown"
    ? "It may have happened or may still happen. It is not repeated; look at the job before you try again."
    : why;

function EvidenceLink({ request, results }: { request: ActRequest; results: readonly JobResult[] }) {
  const [only] = results;
  if (results.length === 1 && only?.auditId) return <AuditLink id={only.auditId} />;
  const query = buildQuery({ queue: request.queue, action: request.action });
  return (
    <Link to={`${paths.audit()}${query}`} className="text-xs text-accent hover:underline">
      Show the records
    </Link>
  );
}
