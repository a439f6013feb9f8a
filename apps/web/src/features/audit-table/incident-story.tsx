import type { Marker } from "@spillway/contract/schemas";
import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { useLoaded } from "../../api/load.ts";
import { addressOf } from "../../api/queries.ts";
import { formatDuration, plural, shownStamp } from "../../lib/format.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Panel } from "../../ui/panel.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { keep } from "../downloads/keep.ts";
import { CopyNoteButton } from "../notes/copy-note-button.tsx";
import { codeName, type Note } from "../notes/notes.ts";
import { useChooseSince, useSince } from "../since/use-since.ts";
import { rowLine } from "./audit-note.ts";
import { type AuditRow, storyOf } from "./audit-rows.ts";
import { storyQueries } from "./audit-search.ts";
import { StoryButtons } from "./story-buttons.tsx";
import { groupedStory } from "./story-groups.ts";
import { StoryRow } from "./story-rows.tsx";
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
          {groupedStory(rows).map((entry) => (
            <StoryRow key={entry.id} entry={entry} />
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
    : `${plural(shown, "entry", "entries")}, oldest first`;

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
