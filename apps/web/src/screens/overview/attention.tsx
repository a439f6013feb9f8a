import type { Overview } from "@spillway/contract/schemas";
import { Check, CircleHelp, TriangleAlert } from "lucide-react";
import { TroubleList } from "../../features/trouble/trouble-list.tsx";
import { shownMinute } from "../../lib/format.ts";
import { Panel } from "../../ui/panel.tsx";
import { calmWords, missingWorkers } from "./calm-words.ts";

/** What is wrong, where, since when; or since when nothing is. `then`: the time of what is known, where that is not now. */
export function Attention({ overview, then }: { overview: Overview; then: string | null }) {
  if (overview.trouble.length === 0) return <Calm overview={overview} then={then} />;
  return (
    <Panel
      title={then === null ? "Needs attention" : "Needed attention"}
      note={then === null ? "worst first" : `worst first, as it was at ${shownMinute(then)}`}
      flush
    >
      <TroubleList trouble={overview.trouble} />
    </Panel>
  );
}

/** Nothing was found. As calm as the figures beside it. */
function Calm({ overview, then }: { overview: Overview; then: string | null }) {
  const { quiet_since: since } = overview;
  const missing = missingWorkers(overview) > 0;
  return (
    <Panel>
      <p className="flex items-center gap-3 py-2 text-base">
        {then !== null ? (
          <CircleHelp size={18} aria-hidden className="shrink-0 text-paused" />
        ) : missing ? (
          <TriangleAlert size={18} aria-hidden className="shrink-0 text-paused" />
        ) : (
          <Check size={18} aria-hidden className="shrink-0 text-dim" />
        )}
        {then === null
          ? calmWords(overview, since === null ? null : shownMinute(since))
          : `Whether anything needs attention is not known since ${shownMinute(then)}. Nothing did then.`}
      </p>
    </Panel>
  );
}
