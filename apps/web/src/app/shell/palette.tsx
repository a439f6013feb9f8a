import { CSPProvider } from "@base-ui/react/csp-provider";
import { Dialog } from "@base-ui/react/dialog";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type ReactNode, useDeferredValue, useState } from "react";
import { useNavigate } from "react-router";
import { findJobQuery, queuesQuery } from "../../api/queries.ts";
import { operationName, progressWords } from "../../features/operations/operation-words.ts";
import { useUnderWay } from "../../features/operations/use-operations.ts";
import { plural, shortId } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { cx } from "../../ui/cx.ts";
import { Kbd } from "../../ui/kbd.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { placeKeys } from "./keys.ts";
import { destinations } from "./navigation.tsx";
import { type Overlay, openOverlay } from "./overlay-host.tsx";

interface Hit {
  key: string;
  /** Where it leads, or what it does. */
  to: string | (() => void);
  kind: string;
  text: string;
  note?: ReactNode;
}

const mostQueues = 7;

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
            <input
              role="combobox"
              aria-label="Job id, queue or screen"
              aria-expanded
              aria-controls="palette-hits"
              aria-activedescendant={hits[current] === undefined ? undefined : `palette-${current}`}
              placeholder="Job id, queue or screen"
              autoComplete="off"
              spellCheck={false}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setAt(0);
              }}
              onKeyDown={onKeyDown}
              className="h-12 w-full border-b border-line bg-transparent px-4 outline-none placeholder:text-faint"
            />
            <div
              id="palette-hits"
              role="listbox"
              aria-label="Results"
              className="max-h-[64dvh] overflow-y-auto p-1.5"
            >
              {hits.map((hit, index) => (
                <HitRow
                  key={hit.key}
                  hit={hit}
                  id={`palette-${index}`}
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

function HitRow({
  hit,
  id,
  current,
  onPick,
}: {
  hit: Hit;
  id: string;
  current: boolean;
  onPick: () => void;
}) {
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

const keysOf = new Map(Object.entries(placeKeys).map(([key, place]) => [place, ["g", key]]));

const Keys = ({ of }: { of: readonly string[] }) => (
  <span className="flex gap-1 max-sm:hidden">
    {of.map((key) => (
      <Kbd key={key}>{key}</Kbd>
    ))}
  </span>
);

const doings: readonly { overlay: Overlay; text: string; keys: string[] }[] = [
  { overlay: "incident", text: "Open an incident", keys: [] },
  { overlay: "note", text: "Add a note to the open incident", keys: ["n"] },
  { overlay: "since", text: "Show changes since a moment", keys: ["s"] },
  { overlay: "help", text: "Keyboard help", keys: ["?"] },
];

function useHits(text: string): { hits: Hit[]; note: string | null } {
  const asked = useDeferredValue(text);
  const queues = useQuery(queuesQuery()).data?.items ?? [];
  const jobs = useQuery({ ...findJobQuery(asked), enabled: asked !== "", staleTime: 0, retry: false });
  const running = useUnderWay();
  const matches = (name: string) => name.toLowerCase().includes(text.toLowerCase());
  const hits: Hit[] = [
    ...(text === "" ? [] : (jobs.data?.items ?? [])).map((job) => ({
      key: `job ${job.queue} ${job.id}`,
      to: paths.job(job.queue, job.id),
      kind: "Job",
      text: `${job.queue} / ${shortId(job.id, 28)} · ${job.task}`,
      note: <StateBadge state={job.state} />,
    })),
    ...queues
      .filter((queue) => matches(queue.name))
      .slice(0, mostQueues)
      .map((queue) => ({
        key: `queue ${queue.name}`,
        to: paths.queue(queue.name),
        kind: "Queue",
        text: queue.name,
        note: `${plural(queue.counts.waiting, "job")} waiting`,
      })),
    ...running
      .filter((one) => matches(`${operationName(one)} ${one.queue}`))
      .map((one) => ({
        key: `operation ${one.id}`,
        to: paths.operation(one.id),
        kind: "Running",
        text: `${operationName(one)} · ${one.queue}`,
        note: progressWords(one),
      })),
    ...destinations
      .filter((one) => matches(one.text))
      .map((one) => ({
        key: one.to,
        to: one.to,
        kind: "Screen",
        text: one.text,
        note: <Keys of={keysOf.get(one.to) ?? []} />,
      })),
    ...doings
      .filter((one) => matches(one.text))
      .map(({ overlay, text: does, keys }) => ({
        key: overlay,
        to: () => openOverlay(overlay),
        kind: "Do",
        text: does,
        note: <Keys of={keys} />,
      })),
  ];
  return { hits, note: noteOf(text, jobs.isFetching, jobs.data) };
}

function noteOf(
  text: string,
  searching: boolean,
  found: { items: unknown[]; queues_searched: number; complete: boolean } | undefined,
) {
  if (text === "") return null;
  if (searching) return "Looking for a job of exactly this id…";
  if (found === undefined) return "Jobs could not be searched.";
  const where = plural(found.queues_searched, "queue");
  if (found.items.length > 0) return `Looked in ${where}${found.complete ? "" : ", not in all"}.`;
  return `No job has exactly this id in ${where}${found.complete ? "" : "; not all were searched"}.`;
}
