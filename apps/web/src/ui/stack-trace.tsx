import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { plural } from "../lib/format.ts";
import { cx } from "./cx.ts";

export interface Frame {
  function: string | null;
  file: string;
  line: number | null;
  column: number | null;
  in_app: boolean;
}

interface StackTraceProps {
  frames: readonly Frame[];
  /** The text as the engine kept it. */
  raw: string | null;
}

/** Our own frames first and clear; runs of library frames folded; the raw text on demand. */
export function StackTrace({ frames, raw }: StackTraceProps) {
  const [whole, showWhole] = useState(false);
  if (frames.length === 0 && raw === null)
    return <p className="text-sm text-faint">The engine kept no stack.</p>;
  if (whole || frames.length === 0) {
    return (
      <div>
        <pre className="overflow-x-auto font-mono text-xs leading-5">{raw}</pre>
        {frames.length === 0 ? null : <Toggle onClick={() => showWhole(false)}>Show frames</Toggle>}
      </div>
    );
  }
  return (
    <div>
      <ol className="font-mono text-xs leading-6">
        {foldLibraries(frames).map((run) => (
          <FrameRun key={run.from} run={run} />
        ))}
      </ol>
      {raw === null ? null : <Toggle onClick={() => showWhole(true)}>Show the raw stack</Toggle>}
    </div>
  );
}

interface Run {
  from: number;
  inApp: boolean;
  frames: readonly Frame[];
}

/** Neighbouring frames of one kind together. */
export function foldLibraries(frames: readonly Frame[]): Run[] {
  const runs: (Run & { frames: Frame[] })[] = [];
  for (const [index, frame] of frames.entries()) {
    const last = runs.at(-1);
    if (last !== undefined && last.inApp === frame.in_app) last.frames.push(frame);
    else runs.push({ from: index, inApp: frame.in_app, frames: [frame] });
  }
  return runs;
}

function FrameRun({ run }: { run: Run }) {
  const lines = run.frames.map((frame, index) => <FrameLine key={`${run.from + index}`} frame={frame} />);
  if (run.inApp) return lines;
  return (
    <li>
      <details className="group text-faint">
        <summary className="inline-flex list-none items-center gap-1">
          <ChevronRight size={12} aria-hidden className="transition-transform group-open:rotate-90" />
          {plural(run.frames.length, "library frame")} folded
        </summary>
        <ol>{lines}</ol>
      </details>
    </li>
  );
}

function FrameLine({ frame }: { frame: Frame }) {
  const place = [frame.file, frame.line, frame.column].filter((part) => part !== null).join(":");
  return (
    <li className={cx("flex flex-wrap gap-x-4", frame.in_app ? "text-text" : "pl-4 text-dim")}>
      <span className={cx(frame.in_app && "font-semibold")}>{frame.function ?? "(anonymous)"}</span>
      <span className="text-dim [overflow-wrap:anywhere]">{place}</span>
    </li>
  );
}

function Toggle({ onClick, children }: { onClick: () => void; children: string }) {
  return (
    <button type="button" onClick={onClick} className="mt-2 text-xs text-accent hover:underline">
      {children}
    </button>
  );
}
