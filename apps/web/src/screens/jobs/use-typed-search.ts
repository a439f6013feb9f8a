import { useEffect, useRef, useState } from "react";
import { serverNow } from "../../ui/use-now.ts";
import { isUnfinished, printTyped, readTyped, type TypedSearch } from "./typed-search.ts";

/** How long typing must rest before it is asked, ms: each asking is a search. */
const restMs = 350;

interface Typed {
  text: string;
  complaint: string | null;
  edit: (text: string) => void;
  /** At once: on Enter, when something was picked, or when the field is left. */
  commit: (text: string) => void;
}

/**
 * The search as text: the address follows once typing rests behind something whole, and what the address says by other means
 * wins. What was typed stays as it was typed while it means the same.
 */
export function useTypedSearch(search: TypedSearch, onChange: (next: TypedSearch) => void): Typed {
  const value = printTyped(search);
  const [text, setText] = useState(value);
  /** What was asked last: as it was typed, and what it means. */
  const [sent, setSent] = useState({ text: value, value });
  const [seen, setSeen] = useState(value);
  const [complaints, setComplaints] = useState<readonly string[]>([]);
  if (value !== seen) {
    setSeen(value);
    if (value !== sent.value) {
      setSent({ text: value, value });
      setText(value);
      setComplaints([]);
    }
  }
  // The timer must not write with what the address said when it was set.
  const latest = useRef(onChange);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  const send = (next: string, isFinal: boolean) => {
    clearTimeout(timer.current);
    const { search: wanted, complaints: wrong } = readTyped(next, serverNow());
    if (isFinal) setComplaints(wrong);
    if (next.trim() === sent.text.trim() || (wrong.length > 0 && !isFinal)) return;
    const meant = printTyped(wanted);
    setSent({ text: next, value: meant });
    if (meant !== sent.value) latest.current(wanted);
  };
  return {
    text,
    complaint: complaints.length === 0 ? null : complaints.join(" "),
    edit(next) {
      setText(next);
      setComplaints([]);
      clearTimeout(timer.current);
      if (!isUnfinished(next)) timer.current = setTimeout(send, restMs, next, false);
    },
    commit(next) {
      setText(next);
      send(next, true);
    },
  };
}
