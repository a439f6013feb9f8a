import { Search } from "lucide-react";
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from "react";
import { cx } from "./cx.ts";
import { Input } from "./field.tsx";

/** One way to go on. */
export interface Suggested {
  /** What it puts into the text. */
  word: string;
  /** What it means. */
  note: string;
  /** The text with it. */
  text: string;
  /** Where the caret is then. */
  at: number;
  /** More is to be typed behind it. */
  open: boolean;
}

interface SuggestBoxProps {
  id?: string;
  label: string;
  placeholder: string;
  text: string;
  /** What could come next with the caret at `at`. */
  suggest: (text: string, at: number) => readonly Suggested[];
  /** For each key, and for what was picked and is still open. */
  onEdit: (text: string) => void;
  /** Enter, the field was left, or something whole was picked. */
  onCommit: (text: string) => void;
  /** Somebody is here: what is suggested may be fetched. */
  onReach?: () => void;
  /** What was wrong with the text, shown below. */
  complaint: string | null;
}

/** A search to type into, with what may come next below it: arrows and Enter pick, Escape closes. */
export function SuggestBox(props: SuggestBoxProps) {
  const { id, label, placeholder, text, complaint, onReach } = props;
  const listId = useId();
  const { input, offers, shown, at, pick, edit, reopen, moveCaret, onKeyDown, leave } = useSuggestions(props);
  const active = offers[shown];
  return (
    <div className="relative">
      <Search
        size={14}
        aria-hidden
        className="pointer-events-none absolute top-2.25 left-2.5 text-faint touch:top-[15px]"
      />
      <Input
        ref={input}
        id={id}
        role="combobox"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={offers.length > 0}
        aria-controls={offers.length > 0 ? listId : undefined}
        aria-activedescendant={active === undefined ? undefined : `${listId}-${shown}`}
        aria-invalid={complaint === null ? undefined : true}
        aria-describedby={complaint === null ? undefined : `${listId}-complaint`}
        enterKeyHint="search"
        placeholder={placeholder}
        maxLength={2000}
        value={text}
        className="w-full pl-8"
        onFocus={onReach}
        onClick={reopen}
        onChange={({ target }) => edit(target.value, target.selectionStart ?? target.value.length)}
        onSelect={({ currentTarget }) => moveCaret(currentTarget.selectionStart ?? at)}
        onKeyDown={onKeyDown}
        onBlur={leave}
      />
      {offers.length === 0 ? null : <OfferList id={listId} offers={offers} shown={shown} onPick={pick} />}
      {complaint === null ? null : (
        <p id={`${listId}-complaint`} role="status" className="mt-1 text-xs text-failed">
          {complaint}
        </p>
      )}
    </div>
  );
}

const none: readonly Suggested[] = [];

interface Offered {
  open: boolean;
  /** The one that Enter takes; -1 for none. */
  shown: number;
  count: number;
}

/** What a key does with the list: the offer it goes to, or something else; null leaves it to the field. */
function keyMeans(
  key: string,
  { open, shown, count }: Offered,
): number | "open" | "close" | "take" | "commit" | null {
  if (key === "ArrowDown") return open ? (shown + 1 === count ? -1 : shown + 1) : "open";
  if (key === "ArrowUp" && open) return shown === -1 ? count - 1 : shown - 1;
  if (key === "Escape" && count > 0) return "close";
  if (key === "Enter") return shown === -1 ? "commit" : "take";
  return null;
}

/** What is offered while the field is in use, and which of it is next. */
function useSuggestions({ text, suggest, onEdit, onCommit }: SuggestBoxProps) {
  const input = useRef<HTMLInputElement>(null);
  const caret = useRef<number | null>(null);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(text.length);
  const [wanted, setWanted] = useState(-1);
  const offers = open ? suggest(text, at) : none;
  const shown = Math.min(wanted, offers.length - 1);
  useLayoutEffect(() => {
    if (caret.current !== null) input.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });
  const show = (isOpen: boolean): void => {
    setOpen(isOpen);
    setWanted(-1);
  };
  const pick = (one: Suggested): void => {
    caret.current = one.at;
    setAt(one.at);
    show(one.open);
    if (one.open) onEdit(one.text);
    else onCommit(one.text);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const meant = keyMeans(event.key, { open, shown, count: offers.length });
    const active = offers[shown];
    if (meant === null) return;
    event.preventDefault();
    if (typeof meant === "number") setWanted(meant);
    else if (meant === "take" && active !== undefined) pick(active);
    else show(meant === "open");
    if (meant === "commit") onCommit(text);
  };
  return {
    input,
    offers,
    shown,
    at,
    pick,
    onKeyDown,
    edit(next: string, position: number) {
      setAt(position);
      show(true);
      onEdit(next);
    },
    moveCaret: setAt,
    reopen: () => show(true),
    leave() {
      show(false);
      onCommit(text);
    },
  };
}

interface OfferListProps {
  id: string;
  offers: readonly Suggested[];
  /** The one that Enter takes; -1 for none. */
  shown: number;
  onPick: (one: Suggested) => void;
}

const OfferList = ({ id, offers, shown, onPick }: OfferListProps) => (
  <div
    id={id}
    role="listbox"
    aria-label="Suggestions"
    className="absolute inset-x-0 top-9 touch:top-[46px] z-20 max-h-[50dvh] overflow-y-auto rounded-lg border border-line bg-panel p-1 shadow-float"
  >
    {offers.map((one, index) => (
      <div
        key={one.word}
        ref={(row) => (index === shown ? row?.scrollIntoView({ block: "nearest" }) : undefined)}
        id={`${id}-${index}`}
        role="option"
        aria-selected={index === shown}
        tabIndex={-1}
        // The field keeps the focus.
        onPointerDown={(event) => event.preventDefault()}
        onClick={() => onPick(one)}
        onKeyDown={undefined}
        className={cx(
          "flex min-h-8 touch:min-h-[44px] cursor-pointer items-center gap-3 rounded px-2 text-sm hover:bg-raised",
          index === shown && "bg-accent-wash",
        )}
      >
        <span className="max-w-3/5 shrink-0 truncate font-mono">{one.word}</span>
        <span className="ml-auto min-w-0 text-right text-xs text-dim">{one.note}</span>
      </div>
    ))}
  </div>
);
