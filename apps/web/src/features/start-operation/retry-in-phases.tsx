import type { SelectionFilter } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import { queueQuery } from "../../api/queries.ts";
import { Button, type ButtonTone } from "../../ui/button.tsx";
import { reason, useCan } from "../session/use-session.ts";
import { startOperation } from "./start.ts";

interface RetryInPhasesProps {
  queue: string;
  /** Which failed jobs, the state aside. */
  filter: Omit<SelectionFilter, "state">;
  tone?: ButtonTone;
  text?: string;
  onDone?: () => void;
}

/** The careful way to retry many: ten first. */
export function RetryInPhases({
  queue,
  filter,
  tone = "primary",
  text = "Retry in phases…",
  onDone,
}: RetryInPhasesProps) {
  const can = useCan();
  const { data: summary } = useQuery({ ...queueQuery(queue), enabled: false });
  const start = async () => {
    const begun = await startOperation({ kind: "redrive", queue, filter: { ...filter, state: "failed" } });
    if (begun !== null) onDone?.();
  };
  return (
    <Button
      size="small"
      tone={tone}
      disabledReason={reason(can("job.retry", summary))}
      onClick={() => void start()}
    >
      {text}
    </Button>
  );
}
