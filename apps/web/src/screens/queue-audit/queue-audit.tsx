import type { LoaderFunctionArgs } from "react-router";
import { load, useLoaded } from "../../api/load.ts";
import { auditFields, auditPageQuery } from "../../features/audit-table/audit-search.ts";
import { AuditView } from "../../features/audit-table/audit-view.tsx";
import { useDeploys } from "../../features/audit-table/use-deploys.ts";
import { FellBackNote } from "../../features/place/fell-back-note.tsx";
import { usePlace, useUrlState } from "../../features/place/use-place.ts";
import { placeOf, searchOf } from "../../lib/paths.ts";
import { urlState } from "../../lib/url-state.ts";

const search = urlState(auditFields);

export const loader = ({ request }: LoaderFunctionArgs) =>
  load(auditPageQuery({ ...search.parse(searchOf(request)).value, queue: placeOf(request).queue }));

/** What was done to this queue and its jobs. */
export function Component() {
  const { queue } = usePlace();
  const { value, fellBack, change, link } = useUrlState(search);
  const markers = useDeploys({ ...value, queue });
  const list = useLoaded(auditPageQuery({ ...value, queue }));
  return (
    <>
      <FellBackNote fellBack={fellBack} />
      <AuditView
        list={list}
        markers={markers}
        search={{ ...value, queue: "" }}
        fixedQueue={queue}
        onChange={change}
        link={link}
      />
    </>
  );
}
