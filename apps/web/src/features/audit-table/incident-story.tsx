import type { AuditRecord, Marker } from "@spillway/contract/schemas";
import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useLoaded } from "../../api/load.ts";
import { addressOf } from "../../api/queries.ts";
import { formatDuration, shownStamp } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Panel } from "../../ui/panel.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { StateIcon } from "../../ui/state-badge.tsx";
import { recordWords } from "../actions/action-words.ts";
import { keep } from "../downloads/keep.ts";
import { markerLooks } from "../history-charts/marker-looks.ts";
import { CopyNoteButton } from "../notes/copy-note-button.tsx";
import { codeName, type Note } from "../notes/notes.ts";
import { useChooseSince, useSince } from "../since/use-since.ts";
import { rowLine } from "./audit-note.ts";
import { type AuditRow, storyOf } from "./audit-rows.ts";
import { storyQueries } from "./audit-search.ts";
import { effectWords, moveWords } from "./effect-words.ts";
import { StoryButtons } from "./story-buttons.tsx";
import { useAuditExport } from "./use-audit-export.ts";

/** An incident's timeline: what was done in it, what was noted, the deploys around it, oldest first. */
export function IncidentStory({ incident }: { incident: string }) {
  const queries = storyQueries(incident);
  const list = useLoaded(queries.records);
  const markers = useLoaded(queries.markers).items;
  const rows = storyOf(list.items, markers);
  const marker = markers.find((one) => one.kind === "incident" && one.incident === incident) ?? null;
  const note = () => storyNote(incident, marker, rows);
  return (
    <div className="flex flex-col gap-4">
      <Panel>
        <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
          <div className="min-w-0 flex-1 basis-60">
            <h2 className="text-base font-semibold [overflow-wrap:anywhere]">
              {incident}
              {marker === null ? null : <span className="font-normal">: {marker.title}</span>}
            </h2>
            <p className="text-sm text-dim">
              <Span marker={marker} />
            </p>
          </div>
          <div className="flex flex-wrap items-center gap-2">
            <StoryButtons incident={incident} marker={marker} />
            <SinceStart marker={marker} />
            <ExportStory incident={incident} />
            <CopyNoteButton asked={() => addressOf(storyQueries(incident).records.queryKey)} note={note} />
          </div>
        </div>
      </Panel>
      <Panel title="Timeline" note={countWords(rows.length, list.total_matching - list.items.length)} flush>
        <ol className="text-sm">
          {rows.map((row) => (
            <StoryRow key={row.id} row={row} />
          ))}
        </ol>
        {rows.length === 0 ? (
          <p className="px-4 pb-3 text-sm text-dim">
            Nothing bears this id since {shownStamp(list.holds.since)}, as far as this process remembers.
          </p>
        ) : null}
      </Panel>
    </div>
  );
}

const countWords = (shown: number, more: number): string =>
  more > 0
    ? `the newest ${shown} entries; ${more} older ones are in the export`
    : `${shown} entries, oldest first`;

/** Since when, until when, for how long. */
function Span({ marker }: { marker: Marker | null }): ReactNode {
  if (marker === null) return "Not opened here: what bears this id, without a beginning or an end.";
  const { at, until } = marker;
  if (until === null)
    return (
      <>
        <strong className="text-failed">open</strong> since {shownStamp(at)},{" "}
        <RelativeTime at={at} suffix="" />
      </>
    );
  const lasted = formatDuration(Math.round((Date.parse(until) - Date.parse(at)) / 1000));
  return `${shownStamp(at)} → ${shownStamp(until)}, ${lasted}`;
}

function SinceStart({ marker }: { marker: Marker | null }) {
  const since = useSince();
  const choose = useChooseSince();
  if (marker === null || since === marker.at) return null;
  return (
    <button type="button" className={buttonClass("default", "small")} onClick={() => choose(marker.at)}>
      Changes since its start
    </button>
  );
}

function ExportStory({ incident }: { incident: string }) {
  const { off, url } = useAuditExport();
  const download = async () => {
    const href = await url({ incident, format: "markdown" });
    if (href !== null) keep(href);
  };
  return (
    <Button
      size="small"
      icon={<Download size={14} aria-hidden />}
      disabledReason={off}
      onClick={() => void download()}
    >
      Markdown
    </Button>
  );
}

function StoryRow({ row }: { row: AuditRow }) {
  return (
    <li className="flex items-start gap-3 border-t border-line px-4 py-2 first:border-t-0">
      <time dateTime={row.at} className="w-20 shrink-0 text-xs leading-5 text-dim sm:w-44">
        <span className="max-sm:hidden">{shownStamp(row.at)}</span>
        <span className="sm:hidden">{shownStamp(row.at).slice(11)}</span>
      </time>
      {row.kind === "record" ? <RecordLine record={row.record} /> : <MarkerLine marker={row.marker} />}
    </li>
  );
}

function RecordLine({ record }: { record: AuditRecord }) {
  const said = effectWords(record) || moveWords(record);
  return (
    <>
      <span className="mt-0.75">
        <StateIcon state={record.status} />
      </span>
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <Link to={paths.auditRecord(record.id)} className="hover:text-accent hover:underline">
          {recordWords(record)}
        </Link>
        {said === "" ? null : <span className="text-dim"> · {said}</span>}
        {record.reason === null ? null : <p className="text-dim">“{record.reason}”</p>}
      </div>
    </>
  );
}

function MarkerLine({ marker }: { marker: Marker }) {
  const { kind, title, actor, link, queue, audit_id } = marker;
  const { icon: Icon, word } = markerLooks[kind];
  const is = kind === "incident" ? "Began" : kind === "note" ? "Note" : "Deploy";
  return (
    <>
      <Icon size={14} role="img" aria-label={word} className="mt-0.75 shrink-0 text-accent" />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <span className="font-medium">{is}: </span>
        {title}
        <span className="text-dim">
          {queue === null ? "" : ` · ${queue}`}
          {actor === null ? "" : ` · ${actor}`}
        </span>
        {link === null ? null : (
          <>
            {" "}
            <a href={link} rel="noreferrer" target="_blank" className="text-xs text-accent hover:underline">
              what was on screen
            </a>
          </>
        )}
        {audit_id === null ? null : (
          <>
            {" "}
            <Link to={paths.auditRecord(audit_id)} className="text-xs text-accent hover:underline">
              record
            </Link>
          </>
        )}
      </div>
    </>
  );
}

function storyNote(incident: string, marker: Marker | null, rows: readonly AuditRow[]): Note {
  const span =
    marker === null
      ? []
      : [`${shownStamp(marker.at)} → ${marker.until === null ? "open" : shownStamp(marker.until)}`];
  return {
    title: marker === null ? incident : `${incident}: ${marker.title}`,
    lines: [
      ...span,
      ...rows.map(rowLine),
      ...(rows.length === 0 ? [`nothing bears ${codeName(incident)}`] : []),
    ],
  };
}
