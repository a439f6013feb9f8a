import { useEffect, useRef, useState } from "react";

interface Draft {
  text: string;
  /** For each key. */
  edit: (text: string) => void;
  /** At once: on Enter, or when the field is left. */
  commit: () => void;
}

/**
 * A text that is in the address, while it is typed: the address follows once typing rests, for navigating takes longer
 * than a key. What the address says by other means (a link, Back) wins.
 */
export function useDraft(value: string, onCommit: (text: string) => void, restMs = 200): Draft {
  const [text, setText] = useState(value);
  const [sent, setSent] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    if (value !== sent) {
      setSent(value);
      setText(value);
    }
  }
  // The timer must not write with what the address said when it was set.
  const latest = useRef(onCommit);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    latest.current = onCommit;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  const send = (next: string) => {
    clearTimeout(timer.current);
    if (next === sent) return;
    setSent(next);
    latest.current(next);
  };
  return {
    text,
    edit: (next) => {
      setText(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(send, restMs, next.trim());
    },
    commit: () => send(text.trim()),
  };
}
