import type { JobDetail } from "@spillway/contract/schemas";
import { useState } from "react";
import { formatBytes, plural } from "../../lib/format.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { JsonView } from "../../ui/json-view.tsx";
import { Panel } from "../../ui/panel.tsx";

/** More than this is not laid out unasked. Characters. */
const calm = 40_000;

export function Payload({ job }: { job: JobDetail }) {
  const { payload, payload_bytes, redacted_paths, payload_truncated } = job;
  const notes = [
    payload_bytes === null ? null : formatBytes(payload_bytes),
    redacted_paths.length === 0 ? null : `${plural(redacted_paths.length, "value")} redacted`,
    job.flags.includes("not_json") ? "not JSON" : null,
  ].filter((note) => note !== null);
  return (
    <Panel
      title="Payload"
      note={notes.join(" · ")}
      actions={
        payload === null ? undefined : (
          <CopyButton iconOnly size="small" label="Copy the payload" text={payload} />
        )
      }
    >
      {payload === null ? (
        <p className="text-sm text-dim">
          {job.flags.includes("unreadable")
            ? "Its record is damaged; the payload can't be read."
            : "It has none."}
        </p>
      ) : (
        <LongText text={payload} label="Payload, indented" redacted={redacted_paths} />
      )}
      {payload_truncated ? (
        <p className="mt-2 text-xs text-paused">
          Only its first part is shown; the whole is {formatBytes(payload_bytes)}.
        </p>
      ) : null}
    </Panel>
  );
}

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
