import { isIntact, type Verdict, verdictWords } from "@spillway/contract/audit";
import { Check, X } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { verifyBlob } from "./verify-blob.ts";

type State = { is: "idle" } | { is: "reading" } | { is: "read"; verdict: Verdict } | { is: "unreadable" };

const isHash = (text: string) => /^[\da-f]{64}$/i.test(text);

/** Checks a file that somebody kept: whether it is as it was written. */
export default function VerifyDialog({ onClose }: { onClose: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [head, setHead] = useState("");
  const [state, setState] = useState<State>({ is: "idle" });
  const noted = head.trim();
  const isWrong = noted !== "" && !isHash(noted);
  const verify = async () => {
    if (file === null) return;
    setState({ is: "reading" });
    try {
      setState({ is: "read", verdict: await verifyBlob(file, noted === "" ? null : noted.toLowerCase()) });
    } catch {
      setState({ is: "unreadable" });
    }
  };
  const why = file === null ? "Choose a file first" : isWrong ? "The head is not a hash" : null;
  return (
    <Dialog
      title="Verify an export"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            tone="primary"
            disabledReason={why}
            busy={state.is === "reading"}
            onClick={() => void verify()}
          >
            Verify
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <p>
          Whether an NDJSON export, or an audit file, is as it was written. It is read in this page and sent
          nowhere.
        </p>
        <TextField
          label="File"
          type="file"
          accept=".ndjson,.jsonl,.csv,.md,.log,.txt"
          className="h-auto py-1.5"
          onChange={(event) => {
            setFile(event.target.files?.[0] ?? null);
            setState({ is: "idle" });
          }}
        />
        <TextField
          label="Head that was noted elsewhere (optional)"
          hint="The hash of an entry, from an earlier check or a record. With it, a cut-off end is found too."
          error={isWrong ? "A hash has 64 hexadecimal digits." : null}
          className="font-mono text-xs"
          value={head}
          onChange={(event) => {
            setHead(event.target.value);
            setState({ is: "idle" });
          }}
        />
        <div role="status">
          {state.is === "read" ? <Words verdict={state.verdict} /> : null}
          {state.is === "unreadable" ? <p className="text-failed">The file could not be read.</p> : null}
        </div>
      </div>
    </Dialog>
  );
}

function Words({ verdict }: { verdict: Verdict }) {
  const [first, ...more] = verdictWords(verdict);
  const intact = isIntact(verdict);
  const Icon = intact ? Check : X;
  return (
    <div className="flex flex-col gap-1.5 rounded bg-raised px-3 py-2 text-sm [overflow-wrap:anywhere]">
      <p className={`flex gap-2 font-medium ${intact ? "" : "text-failed"}`}>
        <Icon size={16} aria-hidden className="mt-0.5 shrink-0" />
        <span>{first}</span>
      </p>
      {more.map((sentence) => (
        <p key={sentence} className="text-dim">
          {sentence}
        </p>
      ))}
    </div>
  );
}
