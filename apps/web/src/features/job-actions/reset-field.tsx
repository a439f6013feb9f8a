import { Checkbox } from "../../ui/checkbox.tsx";

/** Whether retried jobs begin their attempts anew, and what that is. */
export const ResetField = (props: { checked: boolean; onChange: (reset: boolean) => void }) => (
  <div className="flex flex-col gap-0.5">
    <Checkbox
      visibleLabel
      label="Give all attempts back"
      checked={props.checked}
      onChange={({ checked }) => props.onChange(checked)}
    />
    <p className="text-xs text-dim">
      A run that fails again is then retried by itself, as often as at first.
    </p>
  </div>
);
