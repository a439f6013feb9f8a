import { type FormEvent, useState } from "react";
import { typedTime } from "../../lib/typed-time.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { serverNow } from "../../ui/use-now.ts";
import { type Moment, MomentList, useMoments } from "./moments.tsx";
import { useChooseSince, useSince } from "./use-since.ts";

const minute = 60_000;
const spans = [
  { ms: 15 * minute, text: "15 minutes ago" },
  { ms: 60 * minute, text: "An hour ago" },
  { ms: 360 * minute, text: "6 hours ago" },
];

/** By the full minute, so that a link says a round time. */
const spanMoments = (now: number): Moment[] =>
  spans.map(({ ms, text }) => ({
    at: new Date(Math.floor((now - ms) / minute) * minute).toISOString(),
    text,
  }));

/** Chooses once what every screen then compares with: a moment at which something changed, or any time. */
export default function SinceDialog({ onClose }: { onClose: () => void }) {
  const since = useSince();
  const choose = useChooseSince();
  const moments = useMoments();
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const pick = (at: string | null) => {
    choose(at);
    onClose();
  };
  const typed = typedTime(text, serverNow());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (typed !== null) pick(typed);
  };
  return (
    <Dialog
      title="Show changes since…"
      typing
      onClose={onClose}
      {...(since === null
        ? {}
        : { actions: <Button onClick={() => pick(null)}>Compare with nothing</Button> })}
    >
      <p className="text-dim">
        Every screen then shows what was before beside what is now. Links that you copy show the same.
      </p>
      <form onSubmit={submit} noValidate className="mt-3 flex items-start gap-2">
        <div className="flex-1">
          <TextField
            label="Time, UTC"
            error={tried && typed === null ? "Write it as 14:02 or 2026-11-23 14:02." : null}
            placeholder="14:02"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </div>
        <Button type="submit" tone="primary" className="mt-5">
          Show
        </Button>
      </form>
      <div className="mt-3 flex flex-col gap-1">
        <MomentList label="When something changed" moments={moments} onPick={pick} />
        <MomentList label="A while ago" moments={spanMoments(serverNow())} onPick={pick} />
      </div>
    </Dialog>
  );
}
