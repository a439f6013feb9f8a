import type { Marker } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { shownStamp } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { WithdrawMarker } from "../incidents/withdraw-note.tsx";
import { MarkDeploys } from "../teach/mark-deploys.tsx";
import { markerLooks } from "./marker-looks.ts";

const shown = 12;

/** What explains a change, the newest first: deploys, incidents, notes and our own actions. */
export function MarkerList({ markers, queue }: { markers: readonly Marker[]; queue: string | null }) {
  const newest = markers.toSorted((a, b) => b.at.localeCompare(a.at));
  if (newest.length === 0) return <MarkDeploys queue={queue} />;
  return (
    <>
      <ul className="text-sm">
        {newest.slice(0, shown).map((marker) => (
          <MarkerRow key={marker.id} marker={marker} />
        ))}
      </ul>
      {newest.length > shown ? (
        <p className="pt-2 text-xs text-dim">{newest.length - shown} older ones are flags in the charts.</p>
      ) : null}
    </>
  );
}

function MarkerRow({ marker }: { marker: Marker }) {
  const { icon: Icon, word } = markerLooks[marker.kind];
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 border-t border-line py-1.5 first:border-t-0">
      <Icon size={14} role="img" aria-label={word} className="shrink-0 self-center text-dim" />
      <time dateTime={marker.at} className="text-xs text-dim">
        {shownStamp(marker.at)}
      </time>
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {marker.link === null ? (
          marker.title
        ) : (
          <a href={marker.link} rel="noreferrer" target="_blank" className="text-accent hover:underline">
            {marker.title}
          </a>
        )}
      </span>
      {marker.queue === null ? null : (
        <Link to={paths.queue(marker.queue)} className="text-dim hover:text-accent hover:underline">
          {marker.queue}
        </Link>
      )}
      {marker.actor === null ? null : <span className="text-dim">{marker.actor}</span>}
      <span className="ml-auto flex gap-3">
        <WithdrawMarker marker={marker} />
        {marker.audit_id === null ? null : (
          <Link to={paths.auditRecord(marker.audit_id)} className="text-xs text-accent hover:underline">
            Record
          </Link>
        )}
      </span>
    </li>
  );
}
