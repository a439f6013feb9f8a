import type { Overview } from "@spillway/contract/schemas";
import { Check } from "lucide-react";
import { TroubleList } from "../../features/trouble/trouble-list.tsx";
import { utcMinute } from "../../lib/format.ts";
import { Panel } from "../../ui/panel.tsx";

/** What is wrong, where, since when; or since when nothing is. */
export function Attention({ overview }: { overview: Overview }) {
  if (overview.trouble.length === 0) {
    return (
      <Panel>
        <p className="flex items-center gap-3 py-2 text-base">
          <Check size={18} aria-hidden className="text-dim" />
          Nothing needs attention
          {overview.quiet_since === null ? "" : ` since ${utcMinute(overview.quiet_since)}`}.
        </p>
      </Panel>
    );
  }
  return (
    <Panel title="Needs attention" note="worst first" flush>
      <TroubleList trouble={overview.trouble} />
    </Panel>
  );
}
