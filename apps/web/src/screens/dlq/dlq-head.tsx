import { buildQuery } from "@spillway/contract/paths";
import type { Marker, Shapes } from "@spillway/contract/schemas";
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { addressOf, shapeRetriesQuery, shapesQuery } from "../../api/queries.ts";
import { CopyNoteButton } from "../../features/notes/copy-note-button.tsx";
import { RetryInPhases } from "../../features/start-operation/retry-in-phases.tsx";
import { formatCount, formatShare, plural, shownTime } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { useClock } from "../../ui/use-now.ts";
import { dlqNote, retryingWords, windowWords } from "./dlq-note.ts";
import { askedOf, type DlqSearch } from "./dlq-search.ts";
import { earlierWords, keptWords } from "./head-words.ts";
import type { ShapesState } from "./use-shapes.ts";
import { WindowPicker } from "./window-picker.tsx";

interface DlqHeadProps {
  queue: string;
  search: DlqSearch;
  shapes: Shapes;
  state: ShapesState;
  markers: readonly Marker[];
  /** Those never seen before the chosen moment. */
  fresh: ReadonlySet<string>;
  link: (next: Partial<DlqSearch>) => string;
}

/** How many failed, how many may still recover by themselves, how far one has looked. */
export function DlqHead({ queue, search, shapes, state, markers, fresh, link }: DlqHeadProps) {
  const seen = shapes.items.reduce((sum, shape) => sum + shape.count, 0);
  const { still_retrying: retrying } = shapes;
  const kept = keptWords(shapes);
  const windowed = search.from !== null || search.to !== null;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="text-sm">
          <strong className="text-base font-semibold">{plural(shapes.total_failed, "failed job")}</strong>
          {windowed ? <span className="text-dim"> · {formatCount(seen)} in this window</span> : null}
          {retrying.count === 0 ? null : (
            <span className="text-dim">
              {" · "}
              <Link
                to={`${paths.jobs(queue)}?state=delayed`}
                className="underline decoration-line-strong underline-offset-4 hover:text-accent"
              >
                {retryingWords(retrying)} still retrying by themselves
              </Link>
              {retrying.next_at === null ? null : (
                <>
                  , <NextAt at={retrying.next_at} />
                </>
              )}
            </span>
          )}
        </p>
        <div className="flex flex-wrap items-center gap-2 sm:ml-auto">
          <WindowPicker
            from={search.from}
            to={search.to}
            link={(from) => link({ from, to: null, view: "cards" })}
          />
          <Link
            to={
              (search.view === "matrix"
                ? link({ view: "cards" })
                : link({ view: "matrix", from: null, to: null })) || "?"
            }
            className={buttonClass("default", "small")}
          >
            {search.view === "matrix" ? "One by one" : "Compare windows"}
          </Link>
          {shapes.total_failed === 0 ? null : (
            <RetryInPhases
              queue={queue}
              filter={askedOf(search)}
              // Where cards say the same of one error, this one steps back.
              {...(shapes.items.length > 1 && { text: "Retry all errors in phases…", tone: "default" })}
            />
          )}
          <CopyNoteButton
            asked={() => addressOf(shapesQuery(queue, askedOf(search)).queryKey)}
            note={() => dlqNote(queue, { search, shapes, markers, fresh })}
          />
        </div>
      </div>
      <div className="flex min-h-7 flex-wrap items-center gap-x-4 gap-y-1 text-xs text-dim">
        {windowed ? <span>{windowWords(search)}</span> : null}
        <Progress shapes={shapes} state={state} />
        <EarlierRetries queue={queue} />
        {kept === null ? null : <span>{kept}</span>}
        {shapes.run_share_unknown === null || shapes.items.length === 0 ? null : (
          <span>{shapes.run_share_unknown}</span>
        )}
      </div>
    </div>
  );
}

/** The engine told it a moment ago, so it may be past by now; within a second it is as good as due. */
function NextAt({ at }: { at: string }) {
  const due = useClock((now) => now + 1_000 >= Date.parse(at));
  return due ? (
    "the next any moment"
  ) : (
    <>
      the next <RelativeTime at={at} />
    </>
  );
}

function Progress({ shapes, state }: { shapes: Shapes; state: ShapesState }) {
  if (shapes.complete)
    return (
      <span>
        all were looked at, {shownTime(shapes.as_of)}
        {shapes.left === 0
          ? null
          : `; ${formatCount(shapes.left)} of them ${shapes.left === 1 ? "is" : "are"} failed no more and will be counted anew`}
      </span>
    );
  const share = shapes.total_to_scan === 0 ? 0 : shapes.scanned / shapes.total_to_scan;
  return (
    <span role="status" className="inline-flex items-center gap-2">
      seen {formatCount(shapes.scanned)} of {formatCount(shapes.total_to_scan)} ({formatShare(share)})
      <Button size="small" onClick={state.running ? state.stop : state.goOn}>
        {state.running ? "Stop" : "Continue"}
      </Button>
    </span>
  );
}

/** How many jobs were retried before: what each error tells, all together. */
function EarlierRetries({ queue }: { queue: string }) {
  const { data } = useQuery(shapeRetriesQuery(queue));
  const to = `${paths.audit()}${buildQuery({ queue, action: "job.retry" })}`;
  return (
    <Link to={to} className="text-accent hover:underline">
      {data === undefined ? "Earlier retries" : earlierWords(data)}
    </Link>
  );
}
