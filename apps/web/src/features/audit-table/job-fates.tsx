import { useQuery } from "@tanstack/react-query";
import { fateWords, readFates } from "../job-actions/follow.ts";
import type { JobRecord } from "./story-groups.ts";

/** Each is asked for by itself: of more than this it is not told. */
const most = 20;

/** ` · now 10 failed again`: what became of jobs that were retried, as far as it is known at this moment. */
export function JobFates({ records }: { records: readonly JobRecord[] }) {
  const [first] = records;
  const told = first?.action === "job.retry" && first.status === "success" && records.length <= most;
  const ids = records.map(({ job_id }) => job_id);
  const { data } = useQuery({
    queryKey: ["fates", first?.queue, ...ids],
    queryFn: () => readFates(first?.queue ?? "", ids),
    enabled: told,
  });
  return data === undefined ? null : <span className="text-dim"> · now {fateWords(data)}</span>;
}
