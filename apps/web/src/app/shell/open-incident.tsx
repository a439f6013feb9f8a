import { useQuery } from "@tanstack/react-query";
import { Siren } from "lucide-react";
import { Link } from "react-router";
import { markersQuery } from "../../api/queries.ts";
import { utcMinute } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { useClock } from "../../ui/use-now.ts";

const markers = markersQuery({});

/** The newest incident that is marked as open; a link to what happened since. */
export function OpenIncident() {
  const { data } = useQuery(markers);
  const incidents = data?.items.filter((one) => one.kind === "incident") ?? [];
  const openId = useClock(
    (now) => incidents.findLast((one) => one.until === null || Date.parse(one.until) > now)?.id ?? null,
  );
  const open = incidents.find((one) => one.id === openId);
  if (open === undefined) return null;
  return (
    <Link
      to={paths.metrics()}
      data-tip={`Open since ${utcMinute(open.at)}${open.actor === null ? "" : `, marked by ${open.actor}`}`}
      className="inline-flex max-w-40 shrink-0 items-center gap-1.5 truncate rounded bg-danger-wash px-2 py-1 text-xs font-semibold text-failed max-sm:hidden"
    >
      <Siren size={14} aria-hidden className="shrink-0" />
      <span className="truncate">{open.title}</span>
    </Link>
  );
}
