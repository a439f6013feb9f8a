import type { Marker, Trouble } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import { overviewQuery } from "../../api/queries.ts";
import { shownClock } from "../../lib/format.ts";
import { serverNow } from "../../ui/use-now.ts";
import { recentMarkersQuery } from "../incidents/recent-markers.ts";

/** A moment at which something changed, in words. */
export interface Moment {
  at: string;
  text: string;
}

const mostDeploys = 4;

/** How a marker is called as a moment. */
export const markerWords = ({ kind, title, incident }: Marker): string =>
  kind === "incident" && incident !== null ? `${incident} began: ${title}` : `${kind}: ${title}`;

/** What one may want to compare with the time before: incidents, the last deploys, the begin of what needs attention; the latest first. */
export function momentsOf(markers: readonly Marker[], trouble: readonly Trouble[]): Moment[] {
  const deploys = markers.filter((one) => one.kind === "deploy").slice(-mostDeploys);
  const incidents = markers.filter((one) => one.kind === "incident");
  const begun = trouble.filter((one) => one.severity !== "info");
  return [
    ...[...deploys, ...incidents].map((one) => ({ at: one.at, text: markerWords(one) })),
    ...begun.map((one) => ({ at: one.since, text: one.text })),
  ].toSorted((a, b) => b.at.localeCompare(a.at));
}

export function useMoments(): Moment[] {
  const { data: markers } = useQuery(recentMarkersQuery());
  const { data: overview } = useQuery({ ...overviewQuery(), enabled: false });
  return momentsOf(markers?.items ?? [], overview?.trouble ?? []);
}

/** Moments to press, one a line. */
export function MomentList({
  label,
  moments,
  onPick,
}: {
  label: string;
  moments: readonly Moment[];
  onPick: (at: string) => void;
}) {
  if (moments.length === 0) return null;
  return (
    <ul aria-label={label} className="-mx-2 text-sm">
      {moments.map(({ at, text }) => (
        <li key={`${at} ${text}`}>
          <button
            type="button"
            onClick={() => onPick(at)}
            className="flex min-h-9 w-full items-baseline gap-3 rounded-md px-2 py-1.5 text-left hover:bg-raised"
          >
            <span className="w-14 shrink-0 text-xs text-accent">{shownClock(at, serverNow())}</span>
            <span className="min-w-0 [overflow-wrap:anywhere]">{text}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
