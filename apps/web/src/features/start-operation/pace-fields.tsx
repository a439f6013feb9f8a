import { ResetField } from "../job-actions/reset-field.tsx";
import { atOnce, BeginField, type Beginning } from "./begin-field.tsx";
import { RateField } from "./rate-field.tsx";

interface PaceFieldsProps {
  rate: string;
  onRate: (text: string) => void;
  /** Of a retry: whether all attempts are given back. */
  reset?: boolean;
  onReset?: (reset: boolean) => void;
  beginning?: Beginning;
  onBeginning?: (next: Beginning) => void;
  tried: boolean;
}

/** When and how fast jobs are acted on, and with how many attempts they go back. */
export function PaceFields(props: PaceFieldsProps) {
  const { rate, onRate, reset = false, onReset, beginning = atOnce, onBeginning, tried } = props;
  return (
    <div className="grid items-start gap-3 sm:grid-cols-2">
      <RateField linesUp={onReset !== undefined} value={rate} onChange={onRate} tried={tried} />
      {onBeginning === undefined ? null : <BeginField value={beginning} onChange={onBeginning} />}
      {onReset === undefined ? null : <ResetField checked={reset} onChange={onReset} />}
    </div>
  );
}
