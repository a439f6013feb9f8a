import { Button } from "../../ui/button.tsx";
import type { JobAction } from "./job-action.ts";

interface ActionButtonProps {
  action: JobAction;
  text: string;
  /** It is not what is advised, where something better stands beside it. */
  second?: boolean;
  disabledReason: string | null;
  onClick: () => void;
}

/** A verb of the bar: retrying stands out, what ends jobs is in the colour of danger. */
export function ActionButton({ action, text, second = false, ...rest }: ActionButtonProps) {
  const ends = action === "job.cancel" || action === "job.remove";
  return (
    <Button
      size="small"
      tone={action === "job.retry" && !second ? "primary" : "default"}
      className={rest.disabledReason === null && ends ? "text-failed!" : ""}
      {...rest}
    >
      {text}
    </Button>
  );
}
