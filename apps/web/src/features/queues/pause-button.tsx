import type { QueueSummary } from "@spillway/contract/schemas";
import { Pause, Play } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { reason, useCan } from "../session/use-session.ts";
import { pauseQueue, resumeQueue } from "./queue-actions.ts";

/** Pauses a running queue, resumes a paused one; asks first. */
export function PauseButton({ queue, size = "normal" }: { queue: QueueSummary; size?: "small" | "normal" }) {
  const can = useCan();
  const [text, Icon, run] = queue.paused
    ? (["Resume…", Play, resumeQueue] as const)
    : (["Pause…", Pause, pauseQueue] as const);
  return (
    <Button
      size={size}
      aria-label={`${text} ${queue.name}`}
      icon={<Icon size={14} aria-hidden />}
      disabledReason={reason(can(queue.paused ? "queue.resume" : "queue.pause", queue))}
      onClick={() => void run(queue)}
    >
      {text}
    </Button>
  );
}
