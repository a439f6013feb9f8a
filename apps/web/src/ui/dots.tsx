import { cx } from "./cx.ts";

export type Dot = "completed" | "failed" | "gone" | "running" | "open" | "skipped" | "untouched";

/** Each differs in shape as well as in colour: a tick, a cross, a question, a ring, a dash. */
const looks: Record<Dot, { word: string; colour: string; filled: boolean; mark?: string }> = {
  completed: {
    word: "completed",
    colour: "text-completed",
    filled: true,
    mark: "M5.6 9.2l2.4 2.4 4.4-5",
  },
  failed: {
    word: "failed again",
    colour: "text-failed",
    filled: true,
    mark: "M6.3 6.3l5.4 5.4M11.7 6.3l-5.4 5.4",
  },
  gone: { word: "vanished unseen", colour: "text-paused", filled: true, mark: "M9 5v4.6M9 12.2v.6" },
  running: { word: "runs", colour: "text-active", filled: false, mark: "M7.4 6.2v5.6l4.4-2.8z" },
  open: { word: "waits to run", colour: "text-waiting", filled: false },
  skipped: { word: "skipped", colour: "text-faint", filled: false, mark: "M6 9h6" },
  untouched: { word: "not retried yet", colour: "text-line-strong", filled: false },
};

/** One dot a job, for a few of them. The label says what they show. */
export function Dots({ dots, label }: { dots: readonly Dot[]; label: string }) {
  return (
    <span role="img" aria-label={label} className="flex flex-wrap gap-1.5">
      {dots.map((dot, index) => (
        <OneDot key={`${index}`} dot={dot} />
      ))}
    </span>
  );
}

function OneDot({ dot }: { dot: Dot }) {
  const { word, colour, filled, mark } = looks[dot];
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden data-tip={word} className={colour}>
      <circle
        cx="9"
        cy="9"
        r="7.25"
        strokeWidth="1.5"
        stroke="currentColor"
        strokeDasharray={dot === "untouched" ? "2 2.2" : undefined}
        className={cx("transition-colors duration-150", filled ? "fill-current" : "fill-transparent")}
      />
      {mark === undefined ? null : (
        <path
          d={mark}
          fill="none"
          strokeWidth="1.75"
          strokeLinecap="round"
          strokeLinejoin="round"
          className={filled ? "stroke-panel" : "stroke-current"}
        />
      )}
    </svg>
  );
}
