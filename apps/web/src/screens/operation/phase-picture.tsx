import type { OperationPhase } from "@spillway/contract/schemas";
import { fateWords } from "../../features/operations/operation-story.ts";
import { settledOf, waitingOf } from "../../features/operations/operation-words.ts";
import { formatCount } from "../../lib/format.ts";
import { type Dot, Dots } from "../../ui/dots.tsx";
import { SegmentBar } from "../../ui/segment-bar.tsx";

/** Up to so many jobs are shown one by one. */
const few = 20;

/** What became of the jobs of a phase: a dot each where they are few, else a bar. */
export function PhasePicture({ phase }: { phase: OperationPhase }) {
  if (phase.size === 0) return null;
  const label = `Phase ${phase.number}: ${fateWords([phase])}`;
  if (phase.size <= few) return <Dots dots={dotsOf(phase)} label={label} />;
  const { completed_again, failed_again, gone, skipped } = phase;
  const runs = running(phase);
  return (
    <SegmentBar
      size="tall"
      total={phase.size}
      label={label}
      segments={[
        { key: "completed", value: completed_again, className: "text-completed" },
        { key: "failed", value: failed_again, className: "text-failed" },
        { key: "gone", value: gone, className: "text-paused" },
        { key: "running", value: runs, className: "text-active" },
        { key: "open", value: waitingOf(phase), className: "text-line-strong" },
        { key: "skipped", value: skipped, className: "text-line" },
      ]}
    />
  );
}

const running = (phase: OperationPhase): number => Math.max(0, phase.started - settledOf(phase));

const times = (count: number, dot: Dot): Dot[] => Array.from({ length: count }, () => dot);

/** Those that met their fate first, then those that run, wait, were skipped, or were not touched yet. */
export function dotsOf(phase: OperationPhase): Dot[] {
  const dots = [
    ...times(phase.completed_again, "completed"),
    ...times(phase.failed_again, "failed"),
    ...times(phase.gone, "gone"),
    ...times(running(phase), "running"),
    ...times(waitingOf(phase), "open"),
    ...times(phase.skipped, "skipped"),
  ];
  return [...dots, ...times(Math.max(0, phase.size - dots.length), "untouched")];
}

/** The same in figures, each with its sign, so that colour is never needed to read it. */
export function PhaseFigures({ phase }: { phase: OperationPhase }) {
  const figures: { key: string; count: number; word: string; className: string }[] = [
    { key: "completed", count: phase.completed_again, word: "completed", className: "text-completed" },
    { key: "failed", count: phase.failed_again, word: "failed again", className: "text-failed" },
    { key: "gone", count: phase.gone, word: "vanished unseen", className: "text-paused" },
    { key: "running", count: running(phase), word: "running", className: "text-active" },
    { key: "open", count: waitingOf(phase), word: "waiting to run", className: "text-dim" },
    { key: "skipped", count: phase.skipped, word: "skipped", className: "text-dim" },
  ];
  const always = new Set(["completed", "failed"]);
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-0.5 text-sm">
      {figures
        .filter(({ key, count }) => count > 0 || always.has(key))
        .map(({ key, count, word, className }) => (
          <li key={key} className={count === 0 ? "text-dim" : className}>
            <strong className="font-semibold">{formatCount(count)}</strong> {word}
          </li>
        ))}
    </ul>
  );
}
