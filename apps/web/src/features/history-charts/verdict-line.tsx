import type { Verdict } from "@spillway/contract/schemas";
import { CircleAlert, Clock, type LucideIcon, Minus, TrendingDown } from "lucide-react";
import { plural, utcMinute } from "../../lib/format.ts";
import { cx } from "../../ui/cx.ts";

const looks: Record<Verdict["state"], { word: string; icon: LucideIcon; colour: string }> = {
  stable: { word: "Stable", icon: Minus, colour: "text-dim" },
  recovering: { word: "Recovering", icon: TrendingDown, colour: "text-completed" },
  regressing: { word: "Regressing", icon: CircleAlert, colour: "text-failed" },
  too_early: { word: "Too early to tell", icon: Clock, colour: "text-dim" },
};

/** `Regressing since 14:01Z. …`: the judgement and why, with what it rests on. */
export function verdictSentence({ state, since, samples, reason }: Verdict): string {
  const from = since === null || state === "too_early" ? "" : ` since ${utcMinute(since)}`;
  return `${looks[state].word}${from}. ${reason.replace(/\.$/, "")} (${plural(samples, "sample")}).`;
}

export function VerdictLine({ verdict }: { verdict: Verdict }) {
  const { icon: Icon, colour } = looks[verdict.state];
  return (
    <p className="flex items-start gap-2 text-sm">
      <Icon size={16} aria-hidden className={cx("mt-px shrink-0", colour)} />
      <span className={verdict.state === "regressing" ? "text-failed" : undefined}>
        {verdictSentence(verdict)}
      </span>
    </p>
  );
}
