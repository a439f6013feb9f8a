import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useDeferredValue } from "react";
import { findJobQuery, queuesQuery } from "../../api/queries.ts";
import { operationName, progressWords } from "../../features/operations/operation-words.ts";
import { useUnderWay } from "../../features/operations/use-operations.ts";
import { plural, shortId } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { Kbd } from "../../ui/kbd.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { placeKeys } from "./keys.ts";
import { destinations } from "./navigation.tsx";
import { type Overlay, openOverlay } from "./overlay-host.tsx";

export interface Hit {
  key: string;
  /** Where it leads, or what it does. */
  to: string | (() => void);
  kind: string;
  text: string;
  note?: ReactNode;
}

const mostQueues = 7;

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

/** What a few letters may mean: a job of exactly this id, then what has them in its name. */
export function useHits(text: string): { hits: Hit[]; note: string | null } {
  const asked = useDeferredValue(text);
  const jobs = useQuery({ ...findJobQuery(asked), enabled: asked !== "", staleTime: 0, retry: false });
  const found = (text === "" ? [] : (jobs.data?.items ?? [])).map((job) => ({
    key: `job ${job.queue} ${job.id}`,
    to: paths.job(job.queue, job.id),
    kind: "Job",
    text: `${job.queue} / ${shortId(job.id, 28)} · ${job.task}`,
    note: <StateBadge state={job.state} />,
  }));
  const matches = (name: string) => name.toLowerCase().includes(text.toLowerCase());
  const hits = [...found, ...useQueueHits(matches), ...useRunningHits(matches), ...fixedHits(matches)];
  return { hits, note: noteOf(text, jobs.isFetching, jobs.data) };
}

type Matches = (name: string) => boolean;

function useQueueHits(matches: Matches): Hit[] {
  const queues = useQuery(queuesQuery()).data?.items ?? [];
  return queues
    .filter((queue) => matches(queue.name))
    .slice(0, mostQueues)
    .map((queue) => ({
      key: `queue ${queue.name}`,
      to: paths.queue(queue.name),
      kind: "Queue",
      text: queue.name,
      note: `${plural(queue.counts.waiting, "job")} waiting`,
    }));
}

function useRunningHits(matches: Matches): Hit[] {
  return useUnderWay()
    .filter((one) => matches(`${operationName(one)} ${one.queue}`))
    .map((one) => ({
      key: `operation ${one.id}`,
      to: paths.operation(one.id),
      kind: "Running",
      text: `${operationName(one)} · ${one.queue}`,
      note: progressWords(one),
    }));
}

/** The screens, and what can be done on each of them. */
function fixedHits(matches: Matches): Hit[] {
  const screens = destinations.map((one) => ({
    key: one.to,
    to: one.to,
    kind: "Screen",
    text: one.text,
    note: <Keys of={keysOf.get(one.to) ?? []} />,
  }));
  const done = doings.map(({ overlay, text, keys }) => ({
    key: overlay,
    to: () => openOverlay(overlay),
    kind: "Do",
    text,
    note: <Keys of={keys} />,
  }));
  return [...screens, ...done].filter(({ text }) => matches(text));
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
