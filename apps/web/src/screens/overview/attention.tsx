import type { Overview } from "@spillway/contract/schemas";
import { Check, CircleHelp } from "lucide-react";
import { TroubleList } from "../../features/trouble/trouble-list.tsx";
import { utcMinute } from "../../lib/format.ts";
import { Panel } from "../../ui/panel.tsx";

/** What is wrong, where, since when; or since when nothing is. `then`: the time of what is known, where that is not now. */
export function Attention({ overview, then }: { overview: Overview; then: string | null }) {
  if (overview.trouble.length === 0) {
    return (
      <Panel>
        <p className="flex items-center gap-3 py-2 text-base">
          {then === null ? (
            <Check size={18} aria-hidden className="shrink-0 text-dim" />
          ) : (
            <CircleHelp size={18} aria-hidden className="shrink-0 text-paused" />
          )}
          {calmWords(overview.quiet_since, then)}
        </p>
      </Panel>
    );
  }
  return (
    <Panel
      title={then === null ? "Needs attention" : "Needed attention"}
      note={then === null ? "worst first" : `worst first, as it was at ${utcMinute(then)}`}
      flush
    >
      <TroubleList trouble={overview.trouble} />
    </Panel>
  );
}

function calmWords(quietSince: string | null, then: string | null): string {
  if (then !== null)
    return `Whether anything needs attention is not known since ${utcMinute(then)}. Nothing did then.`;
  return quietSince === null
    ? "Nothing needs attention."
    : `Nothing needs attention since ${utcMinute(quietSince)}.`;
}
