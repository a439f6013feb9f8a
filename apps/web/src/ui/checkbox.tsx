import { useEffect, useRef } from "react";

interface CheckboxProps {
  label: string;
  checked: boolean | "some";
  /** `shift` tells whether a range was meant. */
  onChange: (event: { checked: boolean; shift: boolean }) => void;
  /** Show the label beside the box; otherwise it is only spoken. */
  visibleLabel?: boolean;
}

export function Checkbox({ label, checked, onChange, visibleLabel }: CheckboxProps) {
  const box = useRef<HTMLInputElement>(null);
  const shift = useRef(false);
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = checked === "some";
  }, [checked]);
  return (
    <label className="inline-flex items-center gap-2 align-middle text-sm">
      <input
        ref={box}
        type="checkbox"
        className="size-4 accent-accent-solid"
        aria-label={visibleLabel ? undefined : label}
        checked={checked === true}
        onClick={(event) => {
          shift.current = event.shiftKey;
        }}
        onChange={(event) => onChange({ checked: event.target.checked, shift: shift.current })}
      />
      {visibleLabel ? label : null}
    </label>
  );
}
