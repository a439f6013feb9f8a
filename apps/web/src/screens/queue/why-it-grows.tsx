import type { QueueDetail } from "@spillway/contract/schemas";
import { ExternalLink } from "lucide-react";
import { Link } from "react-router";
import { useSession } from "../../features/session/use-session.ts";
import { fillLink } from "../../lib/fill-link.ts";
import { formatCount, formatRate, formatShare } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { buttonClass } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Panel } from "../../ui/panel.tsx";

/** The cause of a backlog as a sentence, with where to look next. Not there while nothing grows. */
export function WhyItGrows({ queue }: { queue: QueueDetail }) {
  const { name, backlog } = queue;
  const { links } = useSession();
  if (backlog.cause_text === null) return null;
  const [headline, ...rest] = backlog.cause_text.split(/(?<=\.)\s+/);
  return (
    <Panel
      title={backlog.cause === "paused" ? "Why it waits" : "Why it grows"}
      tone={backlog.cause === null ? "plain" : "warn"}
      actions={<CopyButton size="small" label="Copy sentence" text={`${name}: ${backlog.cause_text}`} />}
    >
      <p className={backlog.cause === null ? "text-dim" : "text-lg font-medium"}>{headline}</p>
      {rest.length === 0 ? null : <p className="mt-1 text-dim">{rest.join(" ")}</p>}
      <p className="mt-1 text-sm text-dim">{factWords(queue)}</p>
      <p className="mt-3 flex flex-wrap gap-2">
        <Link to={`${paths.jobs(name)}?state=active&sort=oldest`} className={buttonClass("default", "small")}>
          Active jobs
        </Link>
        <Link
          to={`${paths.workers()}?queue=${encodeURIComponent(name)}`}
          className={buttonClass("default", "small")}
        >
          Workers
        </Link>
        {links
          .filter((one) => one.on === "queue")
          .map((one) => ({ label: one.label, href: fillLink(one.url, { queue: name }) }))
          .map(({ label, href }) =>
            href === null ? null : (
              <a
                key={label}
                href={href}
                target="_blank"
                rel="noreferrer"
                className={buttonClass("default", "small")}
              >
                {label}
                <ExternalLink size={12} aria-hidden />
              </a>
            ),
          )}
      </p>
    </Panel>
  );
}

/** What the sentence rests on: `332/min come in · 134/min completed · 96 of 96 slots busy · 0 % of runs fail`. */
function factWords({ rates, counts, slots }: QueueDetail): string {
  const { enqueued_per_min: enqueued, completed_per_min: completed, failed_attempts_per_min: failed } = rates;
  const ended = (failed ?? 0) + (completed ?? 0);
  return [
    `${formatRate(enqueued)}/min come in`,
    `${formatRate(completed)}/min completed`,
    slots === null
      ? `${formatCount(counts.active)} active`
      : `${formatCount(counts.active)} of ${formatCount(slots)} slots busy`,
    failed === null || completed === null || ended === 0
      ? null
      : `${formatShare(failed / ended)} of runs fail`,
  ]
    .filter((fact) => fact !== null)
    .join(" · ");
}
