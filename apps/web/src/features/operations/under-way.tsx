import type { Operation } from "@spillway/contract/schemas";
import { lazily } from "../../ui/lazily.tsx";
import { useTouching, useUnderWay } from "./use-operations.ts";

// The room of one line, which is what there is most often.
const UnderWayLines = lazily(() => import("./under-way-lines.tsx"), <div className="h-24 sm:h-9" />);

/** A line for each operation that has not ended, of all queues: everybody sees it happen, and where to stop it. */
export const UnderWay = () => <Lines operations={useUnderWay()} here={false} />;

/** The same for one queue, and a line for what was taken out of it and can be put back. */
export const OnThisQueue = ({ queue }: { queue: string }) => <Lines operations={useTouching(queue)} here />;

/** Its code loads with the first operation there is. */
function Lines(props: { operations: readonly Operation[]; here: boolean }) {
  return props.operations.length === 0 ? null : <UnderWayLines {...props} />;
}
