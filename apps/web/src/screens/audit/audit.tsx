import type { LoaderFunctionArgs } from "react-router";
import { load, loadBehind, useLoaded } from "../../api/load.ts";
import {
  auditFields,
  auditPageQuery,
  deploysQuery,
  isStory,
  storyQueries,
} from "../../features/audit-table/audit-search.ts";
import { AuditView } from "../../features/audit-table/audit-view.tsx";
import { IncidentStory } from "../../features/audit-table/incident-story.tsx";
import { useDeploys } from "../../features/audit-table/use-deploys.ts";
import { FellBackNote } from "../../features/place/fell-back-note.tsx";
import { useUrlState } from "../../features/place/use-place.ts";
import { searchOf } from "../../lib/paths.ts";
import { urlState } from "../../lib/url-state.ts";
import { PageHeader } from "../../ui/page-header.tsx";

const search = urlState(auditFields);

export const loader = async ({ request }: LoaderFunctionArgs) => {
  const { value } = search.parse(searchOf(request));
  const deploys = deploysQuery(value);
  const behind = loadBehind(...(deploys === null ? [] : [deploys]));
  const { records, markers } = storyQueries(value.incident);
  await load(auditPageQuery(value), ...(isStory(value) ? [records, markers] : []));
  return behind;
};

/** Who did what, why, with what effect; of one incident its story. */
export function Component() {
  const { value, fellBack, change, link } = useUrlState(search);
  const list = useLoaded(auditPageQuery(value));
  const markers = useDeploys(value);
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title="Audit" />
      <FellBackNote fellBack={fellBack} />
      {isStory(value) ? <IncidentStory key={value.incident} incident={value.incident} /> : null}
      <AuditView list={list} markers={markers} search={value} onChange={change} link={link} />
    </div>
  );
}
