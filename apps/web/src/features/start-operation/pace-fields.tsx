import { Checkbox } from "../../ui/checkbox.tsx";
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
      <RateField value={rate} onChange={onRate} tried={tried} />
      {onBeginning === undefined ? null : <BeginField value={beginning} onChange={onBeginning} />}
      {onReset === undefined ? null : (
        <div>
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
