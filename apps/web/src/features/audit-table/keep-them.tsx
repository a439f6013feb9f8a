import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Snippet } from "../../ui/snippet.tsx";

const COMMAND =
  "spillway --audit-file /var/lib/spillway/audit.ndjson \\\n  --audit-webhook https://logs.example/spillway";

/** How records outlive the process, for those who find that they would not. */
export function KeepThem() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        How to keep them…
      </Button>
      {open ? (
        <Dialog
          title="These records end with the process"
          onClose={() => setOpen(false)}
          actions={<Button onClick={() => setOpen(false)}>Close</Button>}
        >
          <div className="flex flex-col gap-3">
            <p>
              They are kept in memory only. Export what you need now, or let the console copy each entry to a
              file, to a log collector, or to both:
            </p>
            <Snippet text={COMMAND} label="Copy the command" />
            <p className="text-dim">
              Every entry is then on disk before its action takes effect, and the file is read back at the
              next start. With <code>--audit-required</code> nothing takes effect that neither of them has.
            </p>
          </div>
        </Dialog>
      ) : null}
    </>
  );
}
