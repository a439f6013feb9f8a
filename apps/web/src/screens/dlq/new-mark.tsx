import { useSince } from "../../features/since/use-since.ts";
import { shownMinute } from "../../lib/format.ts";
import { Badge } from "../../ui/badge.tsx";

/** On an error that was never seen before the chosen moment. */
export function NewMark() {
  const since = useSince();
  return since === null ? null : (
    <Badge tone="warn" tip={`Not among the failed jobs of before ${shownMinute(since)}`}>
      new
    </Badge>
  );
}
