import type { ComponentProps } from "react";
import { Input } from "./field.tsx";
import { useDraft } from "./use-draft.ts";

interface DraftInputProps
  extends Omit<ComponentProps<"input">, "value" | "onChange" | "onBlur" | "onKeyDown"> {
  /** As it is in the address. */
  value: string;
  /** Called with the trimmed text once typing rests, at once with Enter or when the field is left. */
  onCommit: (text: string) => void;
}

/** How long typing must rest before it is asked, ms: each asking is a search. */
const rest = 350;

/** A text that filters: the address follows what is typed, and what the address says otherwise wins. */
export function DraftInput({ value, onCommit, maxLength = 256, ...props }: DraftInputProps) {
  const { text, edit, commit } = useDraft(value, onCommit, rest);
  return (
    <Input
      {...props}
      maxLength={maxLength}
      value={text}
      onChange={({ target }) => edit(target.value)}
      onBlur={commit}
      onKeyDown={({ key }) => (key === "Enter" ? commit() : undefined)}
    />
  );
}
