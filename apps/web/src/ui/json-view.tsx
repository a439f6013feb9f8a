import { useMemo, useState } from "react";
import { copyText } from "../lib/clipboard.ts";
import { plural } from "../lib/format.ts";
import { type JsonLine, jsonLines } from "../lib/json-lines.ts";
import { cx } from "./cx.ts";

interface JsonViewProps {
  /** Raw text; shown as it is where it is not JSON. */
  text: string;
  /** Paths whose values were taken out, as `card.number` or `items[0].token`. */
  redacted?: readonly string[];
  label: string;
}

const pageLines = 400;
const indents = ["pl-0", "pl-4", "pl-8", "pl-12", "pl-16", "pl-20", "pl-24", "pl-28", "pl-32"];
const colours = {
  string: "text-completed",
  number: "text-active",
  word: "text-delayed",
  open: "text-dim",
  close: "text-dim",
};

/** JSON to read: indented, foldable, digits exact, a path copied by its key. */
export function JsonView({ text, redacted = [], label }: JsonViewProps) {
  const lines = useMemo(() => jsonLines(text), [text]);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const [limit, setLimit] = useState(pageLines);
  const hidden = useMemo(() => new Set(redacted), [redacted]);
  if (lines === null) {
    return (
      <pre className="max-h-128 overflow-auto font-mono text-xs leading-5 whitespace-pre-wrap [overflow-wrap:anywhere]">
        {text === "" ? "(empty)" : text}
      </pre>
    );
  }
  const shown = visibleLines(lines, folded);
  const toggle = (index: number) =>
    setFolded((now) => {
      const next = new Set(now);
      if (!next.delete(index)) next.add(index);
      return next;
    });
  return (
    // A group, not a region: the panel around it is the landmark, often of the same name.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for the fields of a form
    <div
      role="group"
      aria-label={label}
      data-dense
      className="overflow-x-auto font-mono text-xs leading-[24px]"
    >
      {shown.slice(0, limit).map((index) => {
        const line = lines[index];
        return line === undefined ? null : (
          <Line
            key={index}
            line={line}
            folded={folded.has(index) ? line.end - index - 1 : null}
            redacted={hidden.has(line.path)}
            {...(line.end > index ? { onFold: () => toggle(index) } : {})}
          />
        );
      })}
      {shown.length <= limit ? null : (
        <button
          type="button"
          className="mt-1 text-accent hover:underline"
          onClick={() => setLimit(limit * 4)}
        >
          Show more ({plural(shown.length - limit, "line")} left)
        </button>
      )}
    </div>
  );
}

function visibleLines(lines: readonly JsonLine[], folded: ReadonlySet<number>): number[] {
  const shown: number[] = [];
  for (let index = 0; index < lines.length; index++) {
    shown.push(index);
    if (folded.has(index)) index = lines[index]?.end ?? index;
  }
  return shown;
}

interface LineProps {
  line: JsonLine;
  /** How many lines are folded away, or null. */
  folded: number | null;
  redacted: boolean;
  onFold?: () => void;
}

function Line({ line, folded, redacted, onFold }: LineProps) {
  return (
    <div className={cx("flex whitespace-pre", indents[Math.min(line.depth, indents.length - 1)])}>
      {line.key === null ? null : (
        <button
          type="button"
          data-tip={`Copy path ${line.path}`}
          className="text-accent hover:underline"
          onClick={() => copyText(line.path)}
        >
          {line.key}
        </button>
      )}
      {line.key === null ? null : <span className="text-dim">: </span>}
      {redacted ? (
        <span className="rounded bg-raised px-1 text-dim italic">redacted</span>
      ) : onFold === undefined ? (
        <span className={cx(colours[line.kind], "whitespace-pre-wrap [overflow-wrap:anywhere]")}>
          {line.text}
        </span>
      ) : (
        <button
          type="button"
          aria-expanded={folded === null}
          className="min-w-[24px] text-left text-dim hover:text-accent"
          onClick={onFold}
        >
          {folded === null ? line.text : `${line.text} ${folded} … ${line.text === "{" ? "}" : "]"}`}
        </button>
      )}
      {line.comma && folded === null ? <span className="text-dim">,</span> : null}
    </div>
  );
}
