import type { Trouble } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import { Check, ChevronRight, CircleAlert, Info, TriangleAlert } from "lucide-react";
import { Link } from "react-router";
import { queuesQuery } from "../../api/queries.ts";
import { shownClock } from "../../lib/format.ts";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { aboveRowLink, rowInFocus, rowLink } from "../../ui/table.tsx";
import { useClock } from "../../ui/use-now.ts";
import { OwnLinks } from "../links/own-links.tsx";
import { reason, useCan } from "../session/use-session.ts";

const looks = {
  critical: { icon: CircleAlert, colour: "text-failed", word: "critical" },
  warning: { icon: TriangleAlert, colour: "text-paused", word: "warning" },
  info: { icon: Info, colour: "text-dim", word: "note" },
};

/** What needs attention, worst first: one sentence a row, each a link to its evidence. `here`: all of one queue, whose name need not be said. */
export function TroubleList({ trouble, here = false }: { trouble: readonly Trouble[]; here?: boolean }) {
  return (
    <ul className="text-sm">
      {trouble.map((one) => (
        <TroubleRow key={one.id} trouble={one} here={here} />
      ))}
    </ul>
  );
}

function TroubleRow({ trouble, here }: { trouble: Trouble; here: boolean }) {
  const { icon: Icon, colour, word } = looks[trouble.severity];
  return (
    <li
      data-row
      className={cx(
        "relative flex min-h-10.5 items-start gap-3 border-t border-line py-2.5 pr-2 pl-4 first:border-t-0 hover:bg-raised max-sm:flex-wrap max-sm:pr-4",
        rowInFocus,
      )}
    >
      <Icon size={16} role="img" aria-label={word} className={cx("mt-0.5 shrink-0", colour)} />
      <div className="flex min-w-0 flex-1 basis-4/5 flex-col gap-x-4 gap-y-0.5 sm:flex-row">
        {here || trouble.queue === null ? null : (
          <span className="shrink-0 truncate font-semibold sm:w-32">{trouble.queue}</span>
        )}
        <span className="min-w-0 flex-1">
          <Link to={trouble.link} className={cx(rowLink, "[overflow-wrap:anywhere]")}>
            {trouble.text}
          </Link>
          {trouble.acked?.note ? (
            <span className="block text-xs text-dim [overflow-wrap:anywhere]">“{trouble.acked.note}”</span>
          ) : null}
          <OwnLinks
            on="trouble"
            names={{ trouble: trouble.code, queue: trouble.queue }}
            className={cx("block w-fit", aboveRowLink)}
          />
        </span>
        <Since at={trouble.since} />
      </div>
      <div
        className={cx(
          "flex shrink-0 justify-end max-sm:w-full max-sm:justify-start max-sm:pl-7 sm:w-36",
          aboveRowLink,
        )}
      >
        <Acknowledge trouble={trouble} />
      </div>
      <ChevronRight size={14} aria-hidden className="mt-0.75 shrink-0 text-faint max-sm:hidden" />
    </li>
  );
}

function Since({ at }: { at: string }) {
  const since = useClock((now) => shownClock(at, now));
  return (
    <span className="shrink-0 text-xs leading-5 text-dim">
      since {since}, <RelativeTime at={at} suffix="" />
    </span>
  );
}

function Acknowledge({ trouble }: { trouble: Trouble }) {
  const can = useCan();
  const { data: queues } = useQuery({ ...queuesQuery(), enabled: false });
  const queue = trouble.queue === null ? null : queues?.items.find(({ name }) => name === trouble.queue);
  if (trouble.acked !== null) return <Acked {...trouble.acked} />;
  return (
    <Button
      size="small"
      className="sm:-my-1"
      disabledReason={reason(can("trouble.ack", queue))}
      onClick={() => void import("./acknowledge.tsx").then(({ acknowledge }) => acknowledge(trouble))}
    >
      I'm on it…
    </Button>
  );
}

/** `ana is on it, 14:05Z` */
function Acked({ by, at, until }: NonNullable<Trouble["acked"]>) {
  const since = useClock((now) => shownClock(at, now));
  const end = useClock((now) => (until === null ? null : shownClock(until, now)));
  return (
    <span
      className="inline-flex items-start gap-1 text-xs leading-5 text-dim"
      data-tip={end === null ? "As long as it lasts" : `Until ${end}`}
    >
      <Check size={12} aria-hidden className="mt-1 shrink-0" />
      <span className="[overflow-wrap:anywhere]">
        {by} is on it, {since}
      </span>
    </span>
  );
}
