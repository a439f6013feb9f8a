import type { AuditRecord } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { paths } from "../../lib/paths.ts";

/** What to look at around it, this many ms before and after. */
const around = 15 * 60_000;

const audit = (query: Record<string, string>) => `${paths.audit()}?${new URLSearchParams(query)}`;

/** From one record to those like it, and to what the queue did then. */
export function RelatedLinks({ record }: { record: AuditRecord }) {
  const { actor, queue, job_id, incident, source } = record;
  const links = [
    source === "observed"
      ? { text: "All that was only noticed", to: audit({ status: "noticed" }) }
      : { text: `All by ${actor.name}`, to: audit({ actor: actor.id }) },
    ...(queue === null ? [] : [{ text: `All on ${queue}`, to: audit({ queue }) }]),
    ...(job_id === null ? [] : [{ text: "All on this job", to: audit({ job_id }) }]),
    ...(incident === null ? [] : [{ text: "Same incident", to: audit({ incident }) }]),
    { text: `All ${record.action}`, to: audit({ action: record.action }) },
    { text: "Metrics around then", to: metricsAround(record) },
  ];
  return (
    <nav
      aria-label="Related"
      className="mt-4 flex flex-wrap gap-x-5 gap-y-1 border-t border-line pt-3 text-sm"
    >
      {links.map(({ text, to }) => (
        <Link key={text} to={to} className="text-accent hover:underline">
          {text}
        </Link>
      ))}
    </nav>
  );
}

function metricsAround({ timestamp, queue }: AuditRecord): string {
  const at = Date.parse(timestamp);
  const query = new URLSearchParams({
    from: new Date(at - around).toISOString(),
    to: new Date(at + around).toISOString(),
  });
  return `${queue === null ? paths.metrics() : paths.queueMetrics(queue)}?${query}`;
}
