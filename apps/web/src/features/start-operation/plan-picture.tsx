import type { Gate } from "@spillway/contract/schemas";
import { formatCount, formatDuration, plural } from "../../lib/format.ts";
import { SegmentBar } from "../../ui/segment-bar.tsx";
import { stopsWords } from "../operations/phase-words.ts";

const shades = ["text-accent", "text-accent/60", "text-accent/35"];

interface PlanPictureProps {
  sizes: readonly number[];
  total: number;
  gate: Gate | null;
}

/** How the phases divide the jobs, and how many failures of each stop it. */
export function PlanPicture({ sizes, total, gate }: PlanPictureProps) {
  const left = total - sizes.reduce((sum, one) => sum + one, 0);
  return (
    <div className="flex flex-col gap-2">
      <p className="font-medium">{planSentence(sizes)}</p>
      <SegmentBar
        size="tall"
        total={total}
        label={planSentence(sizes)}
        segments={sizes.map((value, index) => ({
          key: `${index}`,
          value,
          className: shades[Math.min(index, shades.length - 1)] ?? "text-accent",
        }))}
      />
      <ol className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
        {sizes.map((size, index) => (
          <li key={`${index}`} className={size === 0 ? "text-faint" : undefined}>
            <span className="text-dim">{index + 1}.</span> <strong>{plural(size, "job")}</strong>
            {gate === null || size === 0 ? null : (
              <span className="text-dim">, {stopsWords(gate, size)}</span>
            )}
          </li>
        ))}
      </ol>
      {left > 0 ? (
        <p className="text-sm text-paused">
          {plural(left, "job")} {left === 1 ? "is" : "are"} in no phase and {left === 1 ? "stays" : "stay"}{" "}
          failed.
        </p>
      ) : null}
    </div>
  );
}

/** `10 jobs first, then 231, then 2,069` */
export function planSentence(sizes: readonly number[]): string {
  const [first = 0, ...rest] = sizes.filter((size) => size > 0);
  if (rest.length === 0) return `${plural(first, "job")} at once`;
  return [`${plural(first, "job")} first`, ...rest.map((size) => `then ${formatCount(size)}`)].join(", ");
}

/** What it does by itself, and when it stops. */
export function gateSentence({ max_failure_rate, settle_s, advance, on_regression }: Gate): string {
  const share = formatCount(Math.round(max_failure_rate * 1000) / 10);
  const next = advance === "auto" ? "The next phase begins by itself" : "You begin each next phase";
  const pause = on_regression === "stop" ? "" : " and pauses the queue";
  return `${next} once a phase is judged, at the latest ${formatDuration(settle_s)} after its last job started. It stops${pause} as soon as more than ${share} % of a phase fail again${max_failure_rate === 0 ? "" : "; one of ten always may"}.`;
}
