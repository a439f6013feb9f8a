import type { ReactNode } from "react";
import { Link, useNavigate } from "react-router";
import { apiUrl } from "../../api/client.ts";
import { useLoaded } from "../../api/load.ts";
import { overviewQuery } from "../../api/queries.ts";
import { utcMinute, utcStamp } from "../../lib/format.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Panel } from "../../ui/panel.tsx";
import { serverNow } from "../../ui/use-now.ts";
import { useQueueTopic } from "../live/the-live.ts";
import { CopyNoteButton } from "../notes/copy-note-button.tsx";
import { useLastingAddress } from "../notes/lasting-address.ts";
import { useSession } from "../session/use-session.ts";
import { useBefore } from "../since/use-before.ts";
import { useSince } from "../since/use-since.ts";
import { ChartGrid } from "./chart-grid.tsx";
import { historyNote } from "./history-note.ts";
import { HorizonPicker } from "./horizon-picker.tsx";
import {
  askFor,
  besideWindow,
  fixedAddress,
  type Horizon,
  latestOf,
  retentionWords,
  type Window,
  windowAround,
  windowBetween,
} from "./horizons.ts";
import { trendQuery, windowQuery } from "./load-history.ts";
import { AddMarker } from "./marker-dialog.tsx";
import { MarkerList } from "./marker-list.tsx";
import { beside, movementOf } from "./movement.ts";
import { MovementStats } from "./movement-stats.tsx";
import { VerdictLine } from "./verdict-line.tsx";

interface HistoryViewProps {
  window: Window;
  /** The query of a link to another window of the same. */
  link: (next: Pick<Window, "from" | "to"> & { horizon?: Horizon }) => string;
  /** Before the horizon, e.g. which queue. */
  picker?: ReactNode;
}

/** How it moves: what fails and is retried first, the verdict, then every chart under one crosshair. */
export function HistoryView({ window, link, picker }: HistoryViewProps) {
  const session = useSession();
  const horizonLink = (horizon: Horizon) => link({ horizon, from: null, to: null });
  const fixed = window.from !== null || window.to !== null;
  const held = useLoaded(windowQuery(window, session));
  const history = fixed ? held : latestOf(held, window.horizon);
  const since = useSince();
  const before = useBefore(window.queue);
  const trend = useLoaded(trendQuery(window.queue, since));
  const overview = useLoaded(overviewQuery());
  const latest = window.queue === null ? overview.movement : movementOf(trend.history, serverNow());
  const movement = since === null ? latest : beside(latest, before);
  const when = since === null ? "in the half hour before" : `before ${utcMinute(since)}`;
  const holds = retentionWords(window, history.retention_s, history.history[0]?.timestamp);
  useLastingAddress(() => fixedAddress(location.href, window, serverNow()));
  const navigate = useNavigate();
  const zoom = (from: number, to: number) =>
    void navigate(link(windowBetween(from, to)), { preventScrollReset: true });
  const json = apiUrl("getHistory", {}, askFor(window, session.retention.metrics));
  return (
    <div className="flex flex-col gap-4">
      {window.queue === null ? null : <QueueTopic queue={window.queue} />}
      <MovementStats movement={movement} when={when} />
      <VerdictLine verdict={trend.verdict} />
      <div className="flex flex-wrap items-center gap-2">
        {picker}
        <HorizonPicker current={fixed ? null : window.horizon} link={horizonLink} />
        {since === null ? null : <AroundSince since={since} window={window} link={link} />}
        {fixed ? <FixedWindow window={window} link={link} back={horizonLink(window.horizon)} /> : null}
        <div className="flex items-center gap-2 sm:ml-auto">
          <AddMarker queue={window.queue} />
          <CopyNoteButton
            note={() =>
              historyNote({ queue: window.queue, movement, when, verdict: trend.verdict }, history.markers)
            }
          />
          <a href={json} className={buttonClass("quiet", "small")}>
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

/** To the window that shows what followed the chosen moment. */
function AroundSince({ since, window, link }: { since: string } & Pick<HistoryViewProps, "window" | "link">) {
  const around = windowAround(since);
  if (around.from === window.from) return null;
  return (
    <Link to={link(around)} preventScrollReset className="text-sm text-accent hover:underline">
      Since {utcMinute(since)}
    </Link>
  );
}

function QueueTopic({ queue }: { queue: string }) {
  useQueueTopic(queue);
  return null;
}

interface FixedWindowProps extends Pick<HistoryViewProps, "window" | "link"> {
  back: string;
}

/** Which stretch is shown, and the ways to those beside it. */
function FixedWindow({ window, link, back }: FixedWindowProps) {
  const { from, to } = window;
  return (
    <span className="flex flex-wrap items-center gap-x-3 text-sm text-dim">
      <span>
        {from === null ? "start" : utcStamp(from)} → {to === null ? "now" : utcStamp(to)}
      </span>
      {besideWindow(window).map(({ text, ...next }) => (
        <Link key={text} to={link(next)} preventScrollReset className="text-accent hover:underline">
          {text}
        </Link>
      ))}
      <Link to={back || "?"} className="text-accent underline">
        Back to now
      </Link>
    </span>
  );
}
