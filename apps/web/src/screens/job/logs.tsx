import type { JobDetail } from "@spillway/contract/schemas";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { errorWords } from "../../api/problem-words.ts";
import { jobLogsQuery } from "../../api/queries.ts";
import { useLive } from "../../features/live/the-live.ts";
import { useUrlState } from "../../features/place/use-place.ts";
import { reason, useSession } from "../../features/session/use-session.ts";
import { plural, shownTime } from "../../lib/format.ts";
import { Pagination } from "../../ui/pagination.tsx";
import { Panel } from "../../ui/panel.tsx";
import { jobSearch, logSize } from "./job-search.ts";

/** What it wrote, oldest first; while it runs, new lines come by themselves. */
export function Logs({ job }: { job: JobDetail }) {
  const { value, link } = useUrlState(jobSearch);
  const { status } = useLive();
  const { engine } = useSession();
  const running = job.state === "active" && status === "live";
  const { data, error } = useQuery({
    ...jobLogsQuery(job.queue, job.id, { page: value.log_page, size: logSize }),
    placeholderData: keepPreviousData,
    refetchInterval: running ? 1500 : false,
    enabled: job.log_lines > 0 || job.state === "active",
  });
  const unable = reason(engine.capabilities.job_logs ?? true);
  const note = job.log_lines === 0 ? undefined : plural(data?.total ?? job.log_lines, "line");
  return (
    <Panel title="Logs" note={note}>
      {data === undefined || data.total === 0 ? (
        <p className="text-sm text-dim">
          {unable ?? (error === null ? "It wrote nothing." : errorWords(error).text)}
        </p>
      ) : (
        <ol className="max-h-96 overflow-auto font-mono text-xs leading-5" aria-label="Log lines">
          {data.items.map((line, index) => (
            <li key={`${data.page} ${index}`} className="flex gap-3">
              {line.at === null ? null : (
                <time dateTime={line.at} className="shrink-0 text-faint">
                  {shownTime(line.at)}
                </time>
              )}
              <span className="min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]">{line.text}</span>
            </li>
          ))}
        </ol>
      )}
      {data === undefined || data.total <= data.size ? null : (
        <div className="mt-2">
          <Pagination
            {...data}
            link={(page, text) => (
              <Link
                key={text}
                to={link({ log_page: page }) || "?"}
                preventScrollReset
                className="text-accent hover:underline"
              >
                {text}
              </Link>
            )}
          />
        </div>
      )}
    </Panel>
  );
}
