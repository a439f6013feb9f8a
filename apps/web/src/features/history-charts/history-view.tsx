import { type ReactNode, useCallback, useMemo } from "react";
import { useNavigate } from "react-router";
import { apiUrl } from "../../api/client.ts";
import { useLoaded } from "../../api/load.ts";
import { buttonClass } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { Panel } from "../../ui/panel.tsx";
import { serverNow } from "../../ui/use-now.ts";
import { useQueueTopic } from "../live/the-live.ts";
import { CopyNoteButton } from "../notes/copy-note-button.tsx";
import { useLastingAddress } from "../notes/lasting-address.ts";
import { useSession } from "../session/use-session.ts";
import { useSince } from "../since/use-since.ts";
import { ChartGrid } from "./chart-grid.tsx";
import { ExportHistory } from "./export-history.tsx";
import { historyNote } from "./history-note.ts";
import { askFor, fixedAddress, latestOf, retentionWords, windowBetween } from "./horizons.ts";
import { trendQuery, windowQuery } from "./load-history.ts";
import { AddMarker } from "./marker-dialog.tsx";
import { MarkerList } from "./marker-list.tsx";
import { whenWords } from "./movement.ts";
import { MovementStats } from "./movement-stats.tsx";
import { VerdictLine } from "./verdict-line.tsx";
import { WindowPicker, type WindowPickerProps } from "./window-picker.tsx";

interface HistoryViewProps extends WindowPickerProps {
  /** Before the horizon, e.g. which queue. */
  picker?: ReactNode;
}

/** How it moves: what fails and is retried first, the verdict, then every chart under one crosshair. */
export function HistoryView({ window, link, picker }: HistoryViewProps) {
  const session = useSession();
  const fixed = window.from !== null || window.to !== null;
  const held = useLoaded(windowQuery(window, session));
  const history = useMemo(
    () => (fixed ? held : latestOf(held, window.horizon)),
    [fixed, held, window.horizon],
  );
  const since = useSince();
  const trend = useLoaded(trendQuery(window.queue, since));
  const { movement } = trend;
  const when = whenWords(movement, since, serverNow());
  const holds = retentionWords(window, history.retention_s, history.history[0]?.timestamp, serverNow());
  useLastingAddress(() => fixedAddress(location.href, window, serverNow()));
  const navigate = useNavigate();
  const zoom = useCallback(
    (from: number, to: number) => void navigate(link(windowBetween(from, to)), { preventScrollReset: true }),
    [navigate, link],
  );
  const json = apiUrl("getHistory", {}, askFor(window, session.retention.metrics));
  return (
    <div className="flex flex-col gap-4">
      {window.queue === null ? null : <QueueTopic queue={window.queue} />}
      <MovementStats movement={movement} when={when} />
      <VerdictLine verdict={trend.verdict} />
      <div className="flex flex-wrap items-center gap-2">
        {picker}
        <WindowPicker window={window} link={link} />
        <div className="flex flex-wrap items-center gap-2 sm:ml-auto">
          <AddMarker queue={window.queue} />
          <CopyNoteButton
            asked={() => json}
            note={() =>
              historyNote({ queue: window.queue, movement, when, verdict: trend.verdict }, history.markers)
            }
          />
          <ExportHistory window={window} />
          <a href={json} className={cx(buttonClass("quiet", "small"), "max-sm:hidden")}>
            JSON
          </a>
        </div>
      </div>
      <p role="status" className={holds.short ? "text-xs text-paused" : "text-xs text-faint"}>
        {holds.text} <span className="max-sm:hidden">Drag across a chart to look closer.</span>
        {history.gaps === 0 ? "" : ` ${history.gaps} ticks failed and are gaps, never zeros.`}
      </p>
      <ChartGrid history={history} onZoom={zoom} />
      <Panel title="Markers" note="deploys, incidents, notes and our own actions in this window">
        <MarkerList markers={history.markers} queue={window.queue} />
      </Panel>
    </div>
  );
}

function QueueTopic({ queue }: { queue: string }) {
  useQueueTopic(queue);
  return null;
}
