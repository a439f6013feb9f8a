import { useEffect, useState } from "react";
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
  const send = () => {
    if (draft.trim() === value) return;
    setSent(draft.trim());
    onChange(draft.trim());
  };
  useEffect(() => {
    const timer = setTimeout(send, rest);
    return () => clearTimeout(timer);
    // Only typing starts the wait: `send` is new at each render.
  }, [draft]);
  return (
    <Input
      type={type}
      aria-label={label}
      placeholder={placeholder ?? label}
      value={draft}
      className={className}
      onChange={(event) => setDraft(event.target.value)}
      onKeyDown={(event) => (event.key === "Enter" ? send() : undefined)}
      onBlur={send}
    />
  );
}
