import { Link } from "react-router";
import { shownMinute, shownStamp } from "../../lib/format.ts";
import { useSince } from "../since/use-since.ts";
import { HorizonPicker } from "./horizon-picker.tsx";
import { besideWindow, type Horizon, type Window, windowAround } from "./horizons.ts";

export interface WindowPickerProps {
  window: Window;
  /** The query of a link to another window of the same. */
  link: (next: Pick<Window, "from" | "to"> & { horizon?: Horizon }) => string;
}

/** How far back to look from now, or which stretch is shown instead. */
export function WindowPicker({ window, link }: WindowPickerProps) {
  const since = useSince();
  const horizonLink = (horizon: Horizon) => link({ horizon, from: null, to: null });
  const fixed = window.from !== null || window.to !== null;
  return (
    <>
      <HorizonPicker current={fixed ? null : window.horizon} link={horizonLink} />
      {since === null ? null : <AroundSince since={since} window={window} link={link} />}
      {fixed ? <FixedWindow window={window} link={link} back={horizonLink(window.horizon)} /> : null}
    </>
  );
}

/** To the window that shows what followed the chosen moment. */
function AroundSince({ since, window, link }: WindowPickerProps & { since: string }) {
  const around = windowAround(since);
  if (around.from === window.from) return null;
  return (
    <Link to={link(around)} preventScrollReset className="text-sm text-accent hover:underline">
      Since {shownMinute(since)}
    </Link>
  );
}

interface FixedWindowProps extends WindowPickerProps {
  back: string;
}

/** Which stretch is shown, and the ways to those beside it. */
function FixedWindow({ window, link, back }: FixedWindowProps) {
  const { from, to } = window;
  return (
    <span className="flex flex-wrap items-center gap-x-3 text-sm text-dim">
      <span>
        {from === null ? "start" : shownStamp(from)} → {to === null ? "now" : shownStamp(to)}
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
