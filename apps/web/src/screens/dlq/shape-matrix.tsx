import { buildQuery } from "@spillway/contract/paths";
import type { ErrorShape } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { formatCount } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { cx } from "../../ui/cx.ts";
import { Panel } from "../../ui/panel.tsx";
import { serverNow } from "../../ui/use-now.ts";
import { NewMark } from "./new-mark.tsx";
import { windows } from "./window-picker.tsx";

interface ShapeMatrixProps {
  queue: string;
  shapes: readonly ErrorShape[];
  /** Those never seen before the chosen moment. */
  fresh: ReadonlySet<string>;
}

const minute = 60_000;

/** Each error against each span of time: which of them is new, which one is over. Every count leads to its jobs. */
export function ShapeMatrix({ queue, shapes, fresh }: ShapeMatrixProps) {
  return (
    <Panel title="Errors over time" flush>
      <div className="overflow-x-auto">
        <table className="w-full text-sm" aria-label="Errors over time">
          <thead className="text-left text-xs text-dim">
            <tr>
              <th scope="col" className="px-4 py-2 font-medium">
                Error
              </th>
              {[...windows.map(({ text }) => text), "all"].map((text) => (
                <th
                  key={text}
                  scope="col"
                  className="px-1.5 py-2 text-right font-medium last:pr-4 sm:w-20 sm:px-3"
                >
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shapes.map((shape) => (
              <MatrixRow key={shape.id} queue={queue} shape={shape} fresh={fresh.has(shape.id)} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function MatrixRow({ queue, shape, fresh }: { queue: string; shape: ErrorShape; fresh: boolean }) {
  const counts = Object.values(shape.windows);
  const cells = windows.map(({ text, ms }, index) => ({
    text: `in the last ${text}`,
    count: counts[index] ?? 0,
    // By whole minutes, as the counts are.
    from: new Date(Math.floor((serverNow() - ms) / minute) * minute).toISOString(),
  }));
  return (
    <tr className="border-t border-line">
      <th
        scope="row"
        className="py-2 pr-2 pl-4 text-left font-normal [overflow-wrap:anywhere] max-sm:text-xs"
      >
        {shape.title} {fresh ? <NewMark /> : null}
      </th>
      {[...cells, { text: "in all", count: shape.count, from: undefined }].map(({ text, count, from }) => (
        <td key={text} className="px-1.5 py-2 text-right last:pr-4 max-sm:text-xs sm:px-3">
          <Link
            to={`${paths.jobs(queue)}${buildQuery({ state: "failed", error_shape: shape.id, from })}`}
            aria-label={`${formatCount(count)} ${text}: ${shape.title}`}
            className={cx("hover:text-accent hover:underline", count === 0 && "text-faint")}
          >
            {formatCount(count)}
          </Link>
        </td>
      ))}
    </tr>
  );
}
