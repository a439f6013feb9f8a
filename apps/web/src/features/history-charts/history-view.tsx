import type { ReactNode } from "react";
import { Link } from "react-router";
import { apiUrl } from "../../api/client.ts";
import { useLoaded } from "../../api/load.ts";
import { overviewQuery } from "../../api/queries.ts";
import { utcStamp } from "../../lib/format.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Panel } from "../../ui/panel.tsx";
import { serverNow } from "../../ui/use-now.ts";
import { useQueueTopic } from "../live/the-live.ts";
import { CopyNoteButton } from "../notes/copy-note-button.tsx";
import { useSession } from "../session/use-session.ts";
import { ChartGrid } from "./chart-grid.tsx";
import { historyNote } from "./history-note.ts";
import { HorizonPicker } from "./horizon-picker.tsx";
import { askFor, type Horizon, latestOf, retentionWords, type Window } from "./horizons.ts";
import { trendQuery, windowQuery } from "./load-history.ts";
import { AddMarker } from "./marker-dialog.tsx";
import { MarkerList } from "./marker-list.tsx";
import { movementOf } from "./movement.ts";
import { MovementStats } from "./movement-stats.tsx";
import { VerdictLine } from "./verdict-line.tsx";

interface HistoryViewProps {
  window: Window;
  horizonLink: (horizon: Horizon) => string;
  /** Before the horizon, e.g. which queue. */
  picker?: ReactNode;
}

/** How it moves: what fails and is retried first, the verdict, then every chart under one crosshair. */
export function HistoryView({ window, horizonLink, picker }: HistoryViewProps) {
  const session = useSession();
  const fixed = window.from !== null || window.to !== null;
  const held = useLoaded(windowQuery(window, session));
  const history = fixed ? held : latestOf(held, window.horizon);
  const trend = useLoaded(trendQuery(window.queue));
  const overview = useLoaded(overviewQuery());
  const movement = window.queue === null ? overview.movement : movementOf(trend.history, serverNow());
  const holds = retentionWords(window, history.retention_s, history.history[0]?.timestamp);
  const json = apiUrl("getHistory", {}, askFor(window, session.retention.metrics));
  return (
    <div className="flex flex-col gap-4">
      {window.queue === null ? null : <QueueTopic queue={window.queue} />}
      <MovementStats movement={movement} />
      <VerdictLine verdict={trend.verdict} />
      <div className="flex flex-wrap items-center gap-2">
        {picker}
        <HorizonPicker current={fixed ? null : window.horizon} link={horizonLink} />
        {fixed ? <FixedWindow window={window} back={horizonLink(window.horizon)} /> : null}
        <div className="flex items-center gap-2 sm:ml-auto">
          <AddMarker queue={window.queue} />
          <CopyNoteButton note={() => historyNote(window.queue, movement, trend.verdict, history.markers)} />
          <a href={json} className={buttonClass("quiet", "small")}>
            JSON
          </a>
        </div>
      </div>
      <p role="status" className={holds.short ? "text-xs text-paused" : "text-xs text-faint"}>
        {holds.text}
        {history.gaps === 0 ? "" : ` ${history.gaps} ticks failed and are gaps, never zeros.`}
      </p>
      <ChartGrid history={history} />
      <Panel title="Markers" note="deploys, incidents, notes and our own actions in this window">
        <MarkerList markers={history.markers} />
      </Panel>
    </div>
  );
}

function QueueTopic({ queue }: { queue: string }) {
  useQueueTopic(queue);
  return null;
}

const FixedWindow = ({ window: { from, to }, back }: { window: Window; back: string }) => (
  <span className="text-sm text-dim">
    {from === null ? "start" : utcStamp(from)} → {to === null ? "now" : utcStamp(to)}{" "}
    <Link to={back || "?"} className="text-accent underline">
      Back to now
    </Link>
  </span>
);
