import { CSPProvider } from "@base-ui/react/csp-provider";
import { Dialog } from "@base-ui/react/dialog";
import { type KeyboardEvent, useState } from "react";
import { useNavigate } from "react-router";
import { cx } from "../../ui/cx.ts";
import { type Hit, useHits } from "./use-hits.tsx";

const listId = "palette-hits";
const optionId = (index: number) => `palette-${index}`;

/** Goes anywhere by a few letters; a job id is looked up in every queue. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const navigate = useNavigate();
  const { hits, note } = useHits(text.trim());
  const current = Math.min(at, hits.length - 1);
  const go = (hit: Hit | undefined) => {
    if (hit === undefined) return;
    onClose();
    if (typeof hit.to === "string") void navigate(hit.to);
    else hit.to();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt(Math.min(current + 1, hits.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(current - 1, 0));
    else if (event.key === "Enter") go(hits[current]);
    else return;
    event.preventDefault();
  };
  return (
    <CSPProvider disableStyleElements>
      <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
        <Dialog.Portal>
          <Dialog.Backdrop className="overlay-scrim fixed inset-0 z-40" />
          <Dialog.Popup
            aria-label="Go to"
            className="fixed inset-x-3 top-[12vh] z-50 mx-auto max-w-xl overflow-hidden rounded-xl border border-line bg-panel shadow-float outline-none"
          >
            <Field
              text={text}
              active={hits[current] === undefined ? undefined : optionId(current)}
              onType={(typed) => {
                setText(typed);
                setAt(0);
              }}
              onKeyDown={onKeyDown}
            />
            <div
              id={listId}
              role="listbox"
              aria-label="Results"
              className="max-h-[64dvh] overflow-y-auto p-1.5"
            >
              {hits.map((hit, index) => (
                <HitRow
                  key={hit.key}
                  hit={hit}
                  id={optionId(index)}
                  current={index === current}
                  onPick={() => go(hit)}
                />
              ))}
            </div>
            {note === null ? null : <p className="border-t border-line px-4 py-2 text-xs text-dim">{note}</p>}
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    </CSPProvider>
  );
}

interface FieldProps {
  text: string;
  /** The id of the hit that Enter takes. */
  active: string | undefined;
  onType: (text: string) => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

const Field = ({ text, active, onType, onKeyDown }: FieldProps) => (
  <input
    role="combobox"
    aria-label="Job id, queue or screen"
    aria-expanded
    aria-controls={listId}
    aria-activedescendant={active}
    placeholder="Job id, queue or screen"
    autoComplete="off"
    spellCheck={false}
    value={text}
    onChange={(event) => onType(event.target.value)}
    onKeyDown={onKeyDown}
    className="h-12 w-full border-b border-line bg-transparent px-4 outline-none placeholder:text-faint"
  />
);

interface HitRowProps {
  hit: Hit;
  id: string;
  current: boolean;
  onPick: () => void;
}

function HitRow({ hit, id, current, onPick }: HitRowProps) {
  return (
    <div
      ref={(row) => (current ? row?.scrollIntoView({ block: "nearest" }) : undefined)}
      id={id}
      role="option"
      aria-selected={current}
      tabIndex={-1}
      onClick={onPick}
      onKeyDown={undefined}
      className={cx(
        "flex h-9 cursor-pointer items-center gap-3 rounded-md px-2.5 text-sm hover:bg-raised",
        current && "bg-accent-wash",
      )}
    >
      <span className="w-14 shrink-0 text-xs text-faint">{hit.kind}</span>
      <span className="min-w-0 flex-1 truncate">{hit.text}</span>
      <span className="shrink-0 text-xs text-dim">{hit.note}</span>
    </div>
  );
}
