import { Search } from "lucide-react";
import { type ComponentProps, type ReactNode, type Ref, useId, useState } from "react";
import { cx } from "./cx.ts";

export const box =
  "h-8 rounded-md border border-line-strong bg-panel px-2.5 text-sm text-text placeholder:text-faint hover:border-dim aria-invalid:border-failed";

interface FieldWords {
  label: string;
  /** A sentence under the input. */
  hint?: string | undefined;
  error?: string | null | undefined;
}

interface FieldProps extends FieldWords {
  children: (ids: {
    id: string;
    "aria-describedby": string | undefined;
    "aria-invalid": true | undefined;
  }) => ReactNode;
}

/** A label, an input and what is to be said about it, for what is neither of those below. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="text-xs font-medium text-dim">
        {label}
      </label>
      {children({
        id,
        "aria-describedby": note === undefined ? undefined : `${id}-note`,
        "aria-invalid": error ? true : undefined,
      })}
      {note === undefined ? null : (
        <span id={`${id}-note`} className={cx("text-xs", error ? "text-failed" : "text-faint")}>
          {note}
        </span>
      )}
    </div>
  );
}

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input autoComplete="off" spellCheck={false} className={cx(box, className)} {...rest} />;
}

interface SelectProps extends Omit<ComponentProps<"select">, "onChange" | "value"> {
  value: string;
  options: readonly { value: string; text: string }[];
  onPick: (value: string) => void;
}

/** What is picked shows at once, though the address follows later: so the next arrow key goes on from there. */
export function Select({ options, onPick, className, value, ...rest }: SelectProps) {
  const [shown, setShown] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    setShown(value);
  }
  const pick = (picked: string) => {
    setShown(picked);
    onPick(picked);
  };
  return (
    <select
      className={cx(box, "pr-1", className)}
      value={shown}
      onChange={(event) => pick(event.target.value)}
      {...rest}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.text}
        </option>
      ))}
    </select>
  );
}

/** A labelled box to type in. */
export function TextField({ label, hint, error, ...input }: FieldWords & ComponentProps<"input">) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => <Input {...ids} {...input} />}
    </Field>
  );
}

/** A labelled choice. */
export function SelectField({ label, hint, error, ...select }: FieldWords & SelectProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => <Select {...ids} {...select} />}
    </Field>
  );
}

interface SearchBoxProps extends ComponentProps<"input"> {
  label: string;
  ref?: Ref<HTMLInputElement>;
  trailing?: ReactNode;
}

export function SearchBox({ label, className, trailing, ...rest }: SearchBoxProps) {
  return (
    <div className={cx("relative", className)}>
      <Search
        size={14}
        aria-hidden
        className="pointer-events-none absolute top-2.25 left-2.5 text-faint touch:top-[15px]"
      />
      <Input type="search" aria-label={label} placeholder={label} className="w-full pl-8" {...rest} />
      {trailing === undefined ? null : (
        <span className="pointer-events-none absolute top-1.5 right-2 max-sm:hidden">{trailing}</span>
      )}
    </div>
  );
}
