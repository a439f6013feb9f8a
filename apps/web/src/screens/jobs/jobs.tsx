import type { LoaderFunctionArgs } from "react-router";
import { forAMoment, load, loadBehind } from "../../api/load.ts";
import { jobsQuery, queueQuery } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { FellBackNote } from "../../features/place/fell-back-note.tsx";
import { usePlace, useUrlState } from "../../features/place/use-place.ts";
import { placeOf, searchOf } from "../../lib/paths.ts";
import { FilterChips } from "./filter-chips.tsx";
import { FilterRow } from "./filter-row.tsx";
import { JobList } from "./job-list.tsx";
import { JobsBreakdown } from "./jobs-breakdown.tsx";
import { askedOf, isScan, jobsSearch, scopeOf } from "./jobs-search.ts";
import { scanQuery } from "./scan.ts";

export async function loader({ request }: LoaderFunctionArgs): Promise<null> {
  const { queue } = placeOf(request);
  const { value } = jobsSearch.parse(searchOf(request));
  const asked = askedOf(value);
  const behind = isScan(value)
    ? forAMoment(queryClient.prefetchInfiniteQuery(scanQuery(queue, asked)))
    : loadBehind(jobsQuery(queue, { ...asked, page: value.page }));
  await load(queueQuery(queue));
  return behind;
}

export function Component() {
  const { queue } = usePlace();
  const { value: search, fellBack, change, link } = useUrlState(jobsSearch);
  return (
    <div className="flex flex-col gap-3">
      <FellBackNote fellBack={fellBack} />
      <FilterRow queue={queue} search={search} onChange={(next) => change(next, { replace: true })} />
      <FilterChips search={search} link={link} />
      <JobList key={scopeOf(queue, search)} queue={queue} search={search} link={link}>
        <JobsBreakdown queue={queue} search={search} change={change} link={link} />
      </JobList>
    </div>
  );
}
