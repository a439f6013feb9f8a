import type { LoaderFunctionArgs } from "react-router";
import { load, useLoaded } from "../../api/load.ts";
import { auditFields, auditPageQuery } from "../../features/audit-table/audit-search.ts";
import { AuditView } from "../../features/audit-table/audit-view.tsx";
import { FellBackNote } from "../../features/place/fell-back-note.tsx";
import { useUrlState } from "../../features/place/use-place.ts";
import { searchOf } from "../../lib/paths.ts";
import { urlState } from "../../lib/url-state.ts";
import { PageHeader } from "../../ui/page-header.tsx";

const search = urlState(auditFields);

export const loader = ({ request }: LoaderFunctionArgs) =>
  load(auditPageQuery(search.parse(searchOf(request)).value));

/** Who did what, why, with what effect. */
export function Component() {
  const { value, fellBack, change, link } = useUrlState(search);
  const list = useLoaded(auditPageQuery(value));
  return (
    <div className="flex flex-col gap-4">
      <PageHeader title="Audit" />
      <FellBackNote fellBack={fellBack} />
      <AuditView list={list} search={value} onChange={change} link={link} />
    </div>
  );
}
