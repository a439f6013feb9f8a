import type { Verdict } from "@spillway/contract/schemas";
import { CircleAlert, Clock, type LucideIcon, Minus, Pause, TrendingDown } from "lucide-react";
import { formatCount, shownMinute } from "../../lib/format.ts";
import { cx } from "../../ui/cx.ts";

const looks: Record<Verdict["state"], { word: string; icon: LucideIcon; colour: string }> = {
  stable: { word: "Stable", icon: Minus, colour: "text-dim" },
  recovering: { word: "Recovering", icon: TrendingDown, colour: "text-completed" },
  regressing: { word: "Regressing", icon: CircleAlert, colour: "text-failed" },
  still_failing: { word: "Still failing", icon: CircleAlert, colour: "text-failed" },
  paused: { word: "Paused", icon: Pause, colour: "text-paused" },
  too_early: { word: "Too early to tell", icon: Clock, colour: "text-dim" },
};

type SinceChange = Pick<Verdict, "state" | "since">;

/** The judgement alone, for a row: `recovering`, and since when on hover. */
export function VerdictWord({ state, since }: SinceChange) {
  const { icon: Icon, word, colour } = looks[state];
  return (
    <span
      data-tip={since === null ? undefined : `Since the last change, at ${shownMinute(since)}`}
      className={cx("inline-flex shrink-0 items-center gap-1 text-xs whitespace-nowrap", colour)}
    >
      <Icon size={13} aria-hidden />
      <span className="@max-[13rem]:sr-only">{word.toLowerCase()}</span>
    </span>
  );
}

/** `Regressing since 14:01Z. …`: the judgement and why, with what it rests on. */
export function verdictSentence({ state, since, samples, reason }: Verdict): string {
  if (state === "too_early")
    return since === null || samples === 0
      ? `Too early to tell. ${reason}`
      : `Too early to tell how it goes since ${shownMinute(since)}. ${reason}`;
  const from = since === null ? "" : ` since ${shownMinute(since)}`;
  if (state === "paused") return `${looks.paused.word}${from}. ${reason}`;
  return `${looks[state].word}${from}. ${reason.replace(/\.$/, "")} (measured ${times(samples)}).`;
}

const times = (count: number): string => (count === 1 ? "once" : `${formatCount(count)} times`);

export function VerdictLine({ verdict }: { verdict: Verdict }) {
  const { icon: Icon, colour } = looks[verdict.state];
  return (
    <p className="flex items-start gap-2 text-sm">
      <Icon size={16} aria-hidden className={cx("mt-px shrink-0", colour)} />
      <span
        className={
          verdict.state === "regressing" || verdict.state === "still_failing" ? "text-failed" : undefined
        }
      >
        {verdictSentence(verdict)}
      </span>
    </p>
  );
}
