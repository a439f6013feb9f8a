import { useEffect, useRef } from "react";
import { cx } from "./cx.ts";

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
    <label
      className={cx(
        "inline-flex items-center gap-2 align-middle text-sm",
        // A box alone is hit from around it too.
        visibleLabel ? "touch:min-h-[44px]" : "touch:-m-[15px] touch:p-[15px]",
      )}
    >
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
