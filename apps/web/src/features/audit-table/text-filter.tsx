import { useEffect, useRef, useState } from "react";
import { Input } from "../../ui/field.tsx";

interface TextFilterProps {
  label: string;
  /** What the address says now. */
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  className?: string;
  type?: "text" | "search";
}

/** How long typing must rest before it is asked, ms. */
const rest = 350;

/** Text that goes to the address once typing rests; what the address says otherwise wins. */
export function TextFilter({
  label,
  value,
  onChange,
  placeholder,
  className,
  type = "text",
}: TextFilterProps) {
  const [draft, setDraft] = useState(value);
  const [seen, setSeen] = useState(value);
  const [sent, setSent] = useState(value);
  if (value !== seen) {
    setSeen(value);
    if (value !== sent) setDraft(value);
  }
  const latest = useRef(onChange);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  const send = (text: string) => {
    clearTimeout(timer.current);
    if (text === value) return;
    setSent(text);
    latest.current(text);
  };
  const edit = (text: string) => {
    setDraft(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => send(text.trim()), rest);
  };
  return (
    <Input
      type={type}
      aria-label={label}
      placeholder={placeholder ?? label}
      value={draft}
      className={className}
      onChange={(event) => edit(event.target.value)}
      onKeyDown={(event) => (event.key === "Enter" ? send(draft.trim()) : undefined)}
      onBlur={() => send(draft.trim())}
    />
  );
}
