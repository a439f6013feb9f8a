import { useEffect, useRef, useState } from "react";
import { Field, Input } from "../../ui/field.tsx";

interface FilterInputProps {
  label: string;
  placeholder: string;
  /** As it is in the address. */
  value: string;
  className: string;
  onCommit: (value: string) => void;
}

const restMs = 350;

/** Goes into the address when typing rests, at once with Enter. */
export function FilterInput({ label, placeholder, value, className, onCommit }: FilterInputProps) {
  const [draft, setDraft] = useState(value);
  const sent = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // The timer must not write with what the address said when it was set.
  const latest = useRef(onCommit);
  useEffect(() => {
    latest.current = onCommit;
  });
  useEffect(() => {
    // The address changed by other means: a link, Back, a chip taken away.
    if (value === sent.current) return;
    sent.current = value;
    setDraft(value);
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const commit = (text: string) => {
    clearTimeout(timer.current);
    if (text.trim() === sent.current) return;
    sent.current = text.trim();
    latest.current(text.trim());
  };
  return (
    <div className={className}>
      <Field label={label}>
        {(ids) => (
          <Input
            {...ids}
            type="search"
            maxLength={256}
            placeholder={placeholder}
            className="w-full"
            value={draft}
            onChange={({ target }) => {
              setDraft(target.value);
              clearTimeout(timer.current);
              timer.current = setTimeout(commit, restMs, target.value);
            }}
            onBlur={() => commit(draft)}
            onKeyDown={(event) => (event.key === "Enter" ? commit(draft) : undefined)}
          />
        )}
      </Field>
    </div>
  );
}
