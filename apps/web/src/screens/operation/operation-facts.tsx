import { buildQuery } from "@spillway/contract/paths";
import type { Operation } from "@spillway/contract/schemas";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { formatCount, formatDuration, formatShare, shownStamp } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { Panel } from "../../ui/panel.tsx";
import { Elapsed } from "../../ui/relative-time.tsx";

const link = "text-accent hover:underline";

/** What was asked, under which conditions, and where it is on record. */
export function OperationFacts({ operation }: { operation: Operation }) {
  const { selection, gate, rate_per_s } = operation;
  const jobs =
    selection.filter === null ? null : `${paths.jobs(operation.queue)}${buildQuery(selection.filter)}`;
  return (
    <Panel title="What was asked">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm [&_dd]:[overflow-wrap:anywhere] [&_dt]:text-dim">
        <Fact name="Jobs">
          {selection.text}
          {jobs === null ? null : (
            <Link to={jobs} className={`block ${link}`}>
              What matches now
            </Link>
          )}
        </Fact>
        <Fact name="Asked">{shownStamp(operation.created_at)}</Fact>
        <Took operation={operation} />
        <Fact name="Pace">
          {rate_per_s === null
            ? "as fast as the engine takes them"
            : `at most ${formatCount(rate_per_s)} jobs/s`}
        </Fact>
        {operation.reset_attempts ? <Fact name="Attempts">all given back</Fact> : null}
        {gate === null ? null : (
          <Fact name="Gate">
            {`${formatShare(gate.max_failure_rate)} of a phase may fail again${gate.max_failure_rate === 0 ? "" : ", and one of ten always"}; ${formatShare(gate.min_settled)} must be known ${formatDuration(gate.settle_s)} after the last started; ${gate.advance === "auto" ? "goes on by itself after a phase that passed" : "waits for you after each phase"}; after one that regressed it waits for you${gate.on_regression === "stop_and_pause_queue" ? " and pauses the queue" : ""}`}
          </Fact>
        )}
        <Fact name="Audit">
          <Link to={`${paths.audit()}${buildQuery({ operation_id: operation.id })}`} className={link}>
            All its records
          </Link>
          {" · "}
          <Link to={paths.auditRecord(operation.audit_id)} className={link}>
            how it began
          </Link>
        </Fact>
      </dl>
    </Panel>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd className="min-w-0">{children}</dd>
  </>
);

function Took({ operation: { started_at, finished_at, starts_at, state } }: { operation: Operation }) {
  if (started_at === null)
    return starts_at === null ? null : <Fact name="Begins">{shownStamp(starts_at)}</Fact>;
  if (finished_at === null)
    return (
      <Fact name={state === "running" || state === "awaiting_verdict" ? "Running for" : "Begun"}>
        <Elapsed since={started_at} />
        {state === "running" || state === "awaiting_verdict" ? "" : " ago"}
      </Fact>
    );
  const took = (Date.parse(finished_at) - Date.parse(started_at)) / 1000;
  return (
    <Fact name={state === "done" ? "Took" : "Ended after"}>
      {formatDuration(took)}, until {shownStamp(finished_at)}
    </Fact>
  );
}
