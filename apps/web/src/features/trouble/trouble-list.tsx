import type { Trouble } from "@spillway/contract/schemas";
import { Check, CircleAlert, Info, TriangleAlert } from "lucide-react";
import { Link } from "react-router";
import { utcMinute } from "../../lib/format.ts";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { aboveRowLink, rowLink } from "../../ui/table.tsx";
import { runWrite } from "../actions/run-write.tsx";
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
    <li className="relative flex min-h-10.5 items-start gap-3 border-t border-line px-4 py-2.5 first:border-t-0 hover:bg-raised">
      <Icon size={16} role="img" aria-label={word} className={cx("mt-0.5 shrink-0", colour)} />
      <div className="min-w-0 flex-1 sm:flex sm:gap-3">
        {here || trouble.queue === null ? null : (
          <span className="block w-32 shrink-0 truncate font-semibold">{trouble.queue}</span>
        )}
        <Link to={trouble.link} className={cx(rowLink, "[overflow-wrap:anywhere]")}>
          {trouble.text}
        </Link>
      </div>
      <span className="shrink-0 text-xs leading-5 text-faint max-sm:hidden">
        <RelativeTime at={trouble.since} suffix="" />
      </span>
      <div className={cx("flex w-24 shrink-0 justify-end", aboveRowLink)}>
        <Acknowledge trouble={trouble} />
      </div>
    </li>
  );
}

/** Says to everybody who looks that somebody is on it. */
function Acknowledge({ trouble }: { trouble: Trouble }) {
  const can = useCan();
  if (trouble.acked !== null) {
    return (
      <span
        className="inline-flex items-center gap-1 text-xs text-dim"
        data-tip={trouble.acked.note ?? undefined}
      >
        <Check size={12} aria-hidden />
        {trouble.acked.by} {utcMinute(trouble.acked.at)}
      </span>
    );
  }
  const acknowledge = () =>
    runWrite({
      endpoint: "ackTrouble",
      params: { trouble_id: trouble.id },
      body: {},
      tried: "Telling the others",
      done: "Everybody sees that you are on it",
    });
  return (
    <Button
      size="small"
      tone="quiet"
      className="-my-1 -mr-2"
      disabledReason={reason(can("trouble.ack"))}
      onClick={() => void acknowledge()}
    >
      I'm on it
    </Button>
  );
}
