import type { AuditRecord } from "@spillway/contract/schemas";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { whoWords } from "../../features/actions/action-words.ts";
import { effectWords, moveWords, sourceWords } from "../../features/audit-table/effect-words.ts";
import { formatMs, shownStamp } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { CopyButton } from "../../ui/copy-button.tsx";

const link = "text-accent hover:underline";

/** Everything a record says, in words; what it does not say is left out. */
export function RecordFacts({ record }: { record: AuditRecord }) {
  const { queue, job_id, error } = record;
  const effect = effectWords(record) || moveWords(record);
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-sm [&_dd]:min-w-0 [&_dd]:[overflow-wrap:anywhere]">
      <Fact name="When">
        {shownStamp(record.timestamp)}
        <span className="text-dim">{tookWords(record)}</span>
      </Fact>
      <Fact name="Who">
        <Who record={record} />
      </Fact>
      <Fact name="How">{sourceWords(record.source)}</Fact>
      {queue === null ? null : (
        <Fact name="Queue">
          <Link to={paths.queue(queue)} className={link}>
            {queue}
          </Link>
        </Fact>
      )}
      {queue === null || job_id === null ? null : (
        <Fact name="Job">
          <Link to={paths.job(queue, job_id)} className={`font-mono text-xs ${link}`}>
            {job_id}
          </Link>
        </Fact>
      )}
      {record.operation_id === null ? null : (
        <Fact name="Operation">
          <Link to={paths.operation(record.operation_id)} className={`font-mono text-xs ${link}`}>
            {record.operation_id}
          </Link>
        </Fact>
      )}
      {effect === "" || error !== null ? null : <Fact name="Effect">{effect}</Fact>}
      {error === null ? null : (
        <Fact name="Error">
          <span className="text-failed">
            <span className="font-mono text-xs">{error.code}</span> {error.message}
          </span>
        </Fact>
      )}
      <Fact name="Reason">
        {record.reason === null ? <span className="text-faint">none given</span> : `“${record.reason}”`}
      </Fact>
      {record.incident === null ? null : <Fact name="Incident">{record.incident}</Fact>}
      {record.expected === null ? null : <Fact name="Expected version">{record.expected}</Fact>}
      {record.destructive ? <Fact name="Kind">Destructive: it deletes or stops work.</Fact> : null}
      <Fact name="Record">
        <span className="inline-flex items-center gap-1 font-mono text-xs">
          {record.id}
          <CopyButton iconOnly label="Copy the record's id" text={record.id} />
        </span>
      </Fact>
      {record.request_id === null ? null : (
        <Fact name="Request">
          <span className="font-mono text-xs">{record.request_id}</span>
        </Fact>
      )}
    </dl>
  );
}

function Who({ record }: { record: AuditRecord }) {
  const { actor, source } = record;
  if (source === "observed")
    return (
      <>
        {whoWords(record)}; <span className="text-dim">seen by {actor.name}</span>
      </>
    );
  return (
    <>
      {actor.name}{" "}
      <span className="text-dim">
        ({actor.verified ? "verified" : "unverified: nobody checked this name"}; id{" "}
        <span className="font-mono text-xs">{actor.id}</span>
        {actor.roles.length === 0 ? "" : `; ${actor.roles.join(", ")}`}
        {actor.ip === null ? "" : `; from ${actor.ip}`})
      </span>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-dim">{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function tookWords({ source, timestamp, completed_at, status, entries }: AuditRecord): string {
  if (source === "observed") return ", when it was seen";
  if (source === "system") return "";
  if (completed_at === null) return status === "pending" ? ", still running" : "";
  const answered = entries.find(({ kind }) => kind === "outcome")?.at ?? completed_at;
  return `, answered after ${formatMs(Date.parse(answered) - Date.parse(timestamp))}`;
}
