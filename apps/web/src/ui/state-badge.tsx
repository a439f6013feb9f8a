import {
  Check,
  CircleDashed,
  CircleSlash,
  Clock,
  Eye,
  Hand,
  Hourglass,
  Layers,
  type LucideIcon,
  Pause,
  Play,
  TriangleAlert,
  Unplug,
  X,
} from "lucide-react";
import { cx } from "./cx.ts";

interface Look {
  word: string;
  colour: string;
  icon: LucideIcon;
}

/** What a job, queue, worker, record or operation can be: always icon, word and colour together. */
const looks = {
  waiting: { word: "waiting", colour: "text-waiting", icon: Clock },
  active: { word: "active", colour: "text-active", icon: Play },
  delayed: { word: "delayed", colour: "text-delayed", icon: Hourglass },
  blocked: { word: "waiting for children", colour: "text-blocked", icon: Layers },
  completed: { word: "completed", colour: "text-completed", icon: Check },
  failed: { word: "failed", colour: "text-failed", icon: X },
  paused: { word: "paused", colour: "text-paused", icon: Pause },
  healthy: { word: "healthy", colour: "text-dim", icon: Check },
  late: { word: "late", colour: "text-paused", icon: Clock },
  lost: { word: "lost", colour: "text-failed", icon: Unplug },
  stopped: { word: "stopped", colour: "text-blocked", icon: CircleSlash },
  gone: { word: "gone", colour: "text-blocked", icon: CircleDashed },
  success: { word: "success", colour: "text-dim", icon: Check },
  pending: { word: "pending", colour: "text-active", icon: CircleDashed },
  scheduled: { word: "scheduled", colour: "text-dim", icon: Clock },
  running: { word: "running", colour: "text-active", icon: Play },
  settling: { word: "settling", colour: "text-active", icon: Hourglass },
  asking: { word: "waits for you", colour: "text-paused", icon: Hand },
  done: { word: "done", colour: "text-dim", icon: Check },
  skipped: { word: "skipped", colour: "text-dim", icon: CircleSlash },
  noticed: { word: "noticed", colour: "text-dim", icon: Eye },
  unknown: { word: "unknown", colour: "text-paused", icon: TriangleAlert },
} as const satisfies Record<string, Look>;

export type StateWord = keyof typeof looks;

export const stateWord = (state: StateWord): string => looks[state].word;
export const stateColour = (state: StateWord): string => looks[state].colour;

export function StateIcon({ state, size = 14 }: { state: StateWord; size?: number }) {
  const Icon: LucideIcon = looks[state].icon;
  return <Icon size={size} strokeWidth={2.25} aria-hidden className={cx("shrink-0", looks[state].colour)} />;
}

export function StateBadge({ state, children }: { state: StateWord; children?: string }) {
  return (
    // The word stands on the line of the words beside it, not on the icon's lower edge.
    <span
      className={cx(
        "inline-flex items-baseline gap-1.5 whitespace-nowrap [&>svg]:self-center",
        looks[state].colour,
      )}
    >
      <StateIcon state={state} />
      {children ?? looks[state].word}
    </span>
  );
}
