import type { JobDetail } from "@spillway/contract/schemas";
import { useState } from "react";
import { AuditLink } from "../../features/actions/run-write.tsx";
import { formatBytes, plural } from "../../lib/format.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { JsonView } from "../../ui/json-view.tsx";
import { Panel } from "../../ui/panel.tsx";
import { type Reveal, useReveal, whoSees } from "./use-reveal.ts";

/** More than this is not laid out unasked. Characters. */
const calm = 40_000;

/** As it is stored, without its secrets; with them where somebody who may asks for it. */
export function Payload({ job }: { job: JobDetail }) {
  const reveal = useReveal(job);
  const { revealed } = reveal;
  const text = revealed?.payload ?? job.payload;
  return (
    <Panel
      title="Payload"
      note={notesOf(job, revealed !== null)}
      tone={revealed === null ? "plain" : "warn"}
      actions={
        text === null ? undefined : (
          <>
            {reveal.isOffered ? <RevealButton reveal={reveal} /> : null}
            <CopyButton iconOnly size="small" label="Copy the payload" text={text} />
          </>
        )
      }
    >
      {revealed === null ? null : <Shown auditId={revealed.auditId} />}
      {text === null ? (
        <p className="text-sm text-dim">
          {job.flags.includes("unreadable")
            ? "Its record is damaged; the payload can't be read."
            : "It has none."}
        </p>
      ) : (
        <LongText
          text={text}
          label="Payload, indented"
          redacted={revealed === null ? job.redacted_paths : []}
        />
      )}
      {job.payload_truncated ? (
        <p className="mt-2 text-xs text-paused">
          Only its first part is shown; the whole is {formatBytes(job.payload_bytes)}.
        </p>
      ) : null}
    </Panel>
  );
}

function notesOf({ payload_bytes, redacted_paths, flags }: JobDetail, isRevealed: boolean): string {
  const redacted = redacted_paths.length === 0 ? null : `${plural(redacted_paths.length, "value")} redacted`;
  return [
    payload_bytes === null ? null : formatBytes(payload_bytes),
    isRevealed ? null : redacted,
    flags.includes("not_json") ? "not JSON" : null,
  ]
    .filter((note) => note !== null)
    .join(" · ");
}

function RevealButton({ reveal: { revealed, off, show, hide } }: { reveal: Reveal }) {
  if (revealed !== null)
    return (
      <Button size="small" onClick={hide}>
        Hide again
      </Button>
    );
  return (
    <Button
      size="small"
      disabledReason={off}
      aria-description={off ?? whoSees}
      data-tip={off ?? whoSees}
      onClick={() => void show()}
    >
      Show redacted…
    </Button>
  );
}

const Shown = ({ auditId }: { auditId: string }) => (
  <p role="status" className="mb-2 flex flex-wrap items-baseline gap-x-2 text-xs text-paused">
    Shown with its secrets, to you, until you leave this page.
    <AuditLink id={auditId} />
  </p>
);

interface LongTextProps {
  text: string;
  label: string;
  redacted?: readonly string[];
}

/** JSON or any text; of a very long one the beginning, until the rest is asked for. */
export function LongText({ text, label, redacted = [] }: LongTextProps) {
  const [whole, showWhole] = useState(false);
  if (whole || text.length <= calm) return <JsonView text={text} label={label} redacted={redacted} />;
  return (
    <div className="flex flex-col items-start gap-2">
      <pre className="max-h-96 w-full overflow-auto font-mono text-xs leading-5 whitespace-pre-wrap [overflow-wrap:anywhere]">
        {text.slice(0, 4000)}…
      </pre>
      <Button size="small" onClick={() => showWhole(true)}>
        Show all {formatBytes(text.length)}
      </Button>
    </div>
  );
}
