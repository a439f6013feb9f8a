import { Button } from "../../ui/button.tsx";
import type { JobAction } from "./job-action.ts";

interface ActionButtonProps {
  action: JobAction;
  text: string;
  disabledReason: string | null;
  onClick: () => void;
}

/** A verb of the bar: retrying stands out, what ends jobs is in the colour of danger. */
export function ActionButton({ action, text, disabledReason, onClick }: ActionButtonProps) {
  const ends = action === "job.cancel" || action === "job.remove";
  return (
    <Button
      size="small"
      tone={action === "job.retry" ? "primary" : "default"}
      className={disabledReason === null && ends ? "text-failed!" : ""}
      disabledReason={disabledReason}
      onClick={onClick}
    >
      {text}
    </Button>
  );
}
