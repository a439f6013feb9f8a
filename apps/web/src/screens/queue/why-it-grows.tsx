import type { QueueDetail } from "@spillway/contract/schemas";
import { ExternalLink } from "lucide-react";
import { Link } from "react-router";
import { CopyNoteButton } from "../../features/notes/copy-note-button.tsx";
import { codeName } from "../../features/notes/notes.ts";
import { etaWords } from "../../features/queues/backlog-words.tsx";
import { useSession } from "../../features/session/use-session.ts";
import { formatAge, formatCount, formatRate } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Panel } from "../../ui/panel.tsx";

/** The cause of a backlog as a sentence, with where to look next. Not there while nothing grows. */
export function WhyItGrows({ queue }: { queue: QueueDetail }) {
  const { name, backlog } = queue;
  const { links } = useSession();
  if (backlog.cause_text === null) return null;
  const [headline, ...rest] = backlog.cause_text.split(/(?<=\.)\s+/);
  const note = () => ({
    title: `${name}: ${formatCount(backlog.size)} waiting, ${changeWords(backlog.change_per_min)}`,
    lines: [
      `queue ${codeName(name)}, oldest job waits ${formatAge(backlog.oldest_waiting_age_s)}, ${etaWords(backlog)}`,
      backlog.cause_text ?? "",
      `${formatCount(queue.counts.active)} active, ${formatCount(queue.workers)} workers, ${formatRate(queue.rates.failed_attempts_per_min)}/min fail`,
    ],
  });
  return (
    <Panel
      title={backlog.cause === "paused" ? "Why it waits" : "Why it grows"}
      tone={backlog.cause === null ? "plain" : "warn"}
      actions={<CopyNoteButton note={note} />}
    >
      <p className={backlog.cause === null ? "text-dim" : "text-lg font-medium"}>{headline}</p>
      {rest.length === 0 ? null : <p className="mt-1 text-dim">{rest.join(" ")}</p>}
      <p className="mt-3 flex flex-wrap gap-2">
        <Link to={`${paths.jobs(name)}?state=active`} className={buttonClass("default", "small")}>
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
          .map((one) => (
            <a
              key={one.label}
              href={one.url.replaceAll("{queue}", encodeURIComponent(name))}
              target="_blank"
              rel="noreferrer"
              className={buttonClass("default", "small")}
            >
              {one.label}
              <ExternalLink size={12} aria-hidden />
            </a>
          ))}
      </p>
    </Panel>
  );
}

const changeWords = (change: number | null) =>
  change === null ? "change not measured" : `${change >= 0 ? "+" : "−"}${formatRate(Math.abs(change))}/min`;
