import type { AuditRecord, Marker } from "@spillway/contract/schemas";
import { Link } from "react-router";
import { formatCount, shortId, shownStamp } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { StateIcon } from "../../ui/state-badge.tsx";
import { manyVerb, observedWords, recordMark, recordWords, whoWords } from "../actions/action-words.ts";
import { markerLooks } from "../history-charts/marker-looks.ts";
import { WithdrawMarker } from "../incidents/withdraw-note.tsx";
import { effectWords, moveWords } from "./effect-words.ts";
import { JobFates } from "./job-fates.tsx";
import { isOfJob, type JobRecord, type StoryEntry } from "./story-groups.ts";

/** One entry of an incident's timeline. */
export function StoryRow({ entry }: { entry: StoryEntry }) {
  return (
    <li className="flex items-start gap-3 border-t border-line px-4 py-2 first:border-t-0">
      <time dateTime={entry.at} className="w-20 shrink-0 text-xs leading-5 text-dim sm:w-44">
        <span className="max-sm:hidden">{shownStamp(entry.at)}</span>
        <span className="sm:hidden">{shownStamp(entry.at).slice(11)}</span>
      </time>
      {entry.kind === "record" ? (
        <RecordLine record={entry.record} />
      ) : entry.kind === "group" ? (
        <GroupLine records={entry.records} />
      ) : (
        <MarkerLine marker={entry.marker} />
      )}
    </li>
  );
}

function RecordLine({ record }: { record: AuditRecord }) {
  const noticed = observedWords(record) !== null;
  const said = noticed ? "noticed; who did it is not known" : effectWords(record) || moveWords(record);
  return (
    <>
      <span className="mt-0.75">
        <StateIcon state={recordMark(record)} />
      </span>
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <Link to={paths.auditRecord(record.id)} className="hover:text-accent hover:underline">
          {recordWords(record)}
        </Link>
        {said === "" ? null : <span className="text-dim"> · {said}</span>}
        {typeof record.details.verdict === "string" ? (
          <span className="text-dim"> · judged: {record.details.verdict}</span>
        ) : null}
        {isOfJob(record) ? <JobFates records={[record]} /> : null}
        {record.reason === null ? null : <p className="text-dim">“{record.reason}”</p>}
      </div>
    </>
  );
}

/** So many jobs of a group are named. */
const mostNamed = 20;

/** `ana retried 10 jobs of billing · now 10 failed again`, and which. */
function GroupLine({ records }: { records: readonly JobRecord[] }) {
  const [first] = records;
  if (first === undefined) return null;
  const more = records.length - mostNamed;
  return (
    <>
      <span className="mt-0.75">
        <StateIcon state={recordMark(first)} />
      </span>
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        {whoWords(first)} {manyVerb(first, records.length)} {first.queue}
        <JobFates records={records} />
        {first.reason === null ? null : <p className="text-dim">“{first.reason}”</p>}
        <p className="flex flex-wrap gap-x-2 font-mono text-xs text-dim">
          {records.slice(0, mostNamed).map(({ id, job_id }) => (
            <Link key={id} to={paths.auditRecord(id)} className="hover:text-accent hover:underline">
              {shortId(job_id, 14)}
            </Link>
          ))}
          {more > 0 ? `and ${formatCount(more)} more` : null}
        </p>
      </div>
    </>
  );
}

function MarkerLine({ marker }: { marker: Marker }) {
  const { kind, title, actor, link, queue, audit_id } = marker;
  const { icon: Icon, word } = markerLooks[kind];
  const is = kind === "incident" ? "Began" : kind === "note" ? "Note" : "Deploy";
  return (
    <>
      <Icon size={14} role="img" aria-label={word} className="mt-0.75 shrink-0 text-accent" />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <span className="font-medium">{is}: </span>
        {title}
        <span className="text-dim">
          {queue === null ? "" : ` · ${queue}`}
          {actor === null ? "" : ` · ${actor}`}
        </span>
        <span className="ml-3 inline-flex flex-wrap gap-x-3">
          {link === null ? null : (
            <a href={link} rel="noreferrer" target="_blank" className="text-xs text-accent hover:underline">
              What was on screen
            </a>
          )}
          {audit_id === null ? null : (
            <Link to={paths.auditRecord(audit_id)} className="text-xs text-accent hover:underline">
              Its record
            </Link>
          )}
          <WithdrawMarker marker={marker} />
        </span>
      </div>
    </>
  );
}
