import { Checkbox } from "../../ui/checkbox.tsx";
import { RateField } from "./rate-field.tsx";

interface PaceFieldsProps {
  rate: string;
  onRate: (text: string) => void;
  /** Of a retry: whether all attempts are given back. */
  reset?: boolean;
  onReset?: (reset: boolean) => void;
  tried: boolean;
}

/** How fast jobs are acted on, and with how many attempts they go back. */
export function PaceFields({ rate, onRate, reset = false, onReset, tried }: PaceFieldsProps) {
  return (
    <div className="grid items-start gap-3 sm:grid-cols-2">
      <RateField value={rate} onChange={onRate} tried={tried} />
      {onReset === undefined ? null : (
        <div className="sm:pt-6">
          <Checkbox
            visibleLabel
            label="Give all attempts back"
            checked={reset}
            onChange={({ checked }) => onReset(checked)}
          />
        </div>
      )}
    </div>
  );
}
