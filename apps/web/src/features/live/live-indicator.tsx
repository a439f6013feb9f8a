import { useQuery } from "@tanstack/react-query";
import { RefreshCw, RefreshCwOff } from "lucide-react";
import { overviewQuery } from "../../api/queries.ts";
import { formatAge, shownTime } from "../../lib/format.ts";
import { IconButton } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { useClock } from "../../ui/use-now.ts";
import { useSession } from "../session/use-session.ts";
import { live, useLive } from "./the-live.ts";

/** `live · 1 s`, `paused`, or `last good 14:02:11Z, 38 s ago`; and the switch that pauses. */
export function LiveIndicator() {
  const { status } = useLive();
  const { words, look } = useLiveWords();
  const paused = status === "paused";
  return (
    <div className="flex shrink-0 items-center gap-1 text-xs">
      <span
        role="status"
        aria-label={`Updates: ${look}`}
        className="flex items-center gap-2 whitespace-nowrap text-dim"
      >
        <span aria-hidden className={cx("size-2 rounded-full", dots[look])} />
        <span className={cx(look === "stale" && "max-sm:hidden")}>{words}</span>
        {look === "stale" ? (
          <span className="sm:hidden">{words.replace(/^.*, (.*) ago$/, "$1 old")}</span>
        ) : null}
      </span>
      <IconButton
        label={paused ? "Resume updates" : "Pause updates"}
        aria-pressed={paused}
        onClick={() => live.setPaused(!paused)}
      >
        {/* Two bars are for queues: these stop no job. */}
        {paused ? <RefreshCw size={14} aria-hidden /> : <RefreshCwOff size={14} aria-hidden />}
      </IconButton>
    </div>
  );
}

const dots = {
  live: "bg-completed",
  connecting: "bg-line-strong",
  paused: "bg-paused",
  stale: "bg-failed",
};

function useLiveWords(): { words: string; look: keyof typeof dots } {
  const { status, heardAt, every } = useLive();
  const { data } = useQuery({ ...overviewQuery(), enabled: false });
  const { engine } = useSession();
  const lastGood = data?.engine.status === "down" ? data.engine.last_ok_at : null;
  const neverGood = engine.status.status === "down" && engine.status.last_ok_at === null;
  const [words = "", look = "connecting"] = useClock((now) => {
    if (neverGood && status !== "paused") return "no data yet|stale";
    const since = lastGood === null ? heardAt : Date.parse(lastGood);
    const age = since === null ? null : Math.max(0, now - since);
    if (age !== null && (lastGood !== null || status === "disconnected")) {
      return `last good ${shownTime(now - age)}, ${formatAge(age / 1000)} ago|stale`;
    }
    if (status === "paused") return `paused${age === null ? "" : ` · ${formatAge(age / 1000)}`}|paused`;
    const pace = every === 0 ? "live" : `every ${every} s`;
    return status === "live" ? `${pace} · ${formatAge((age ?? 0) / 1000)}|live` : "connecting…|connecting";
  }).split("|");
  return { words, look: isLook(look) ? look : "connecting" };
}

const isLook = (text: string): text is keyof typeof dots => text in dots;
