import type { Trouble } from "@spillway/contract/schemas";
import { useState } from "react";
import { SelectField } from "../../ui/field.tsx";
import { serverNow } from "../../ui/use-now.ts";
import { runWrite } from "../actions/run-write.tsx";
import { confirm } from "../confirm/confirm.ts";

const spans = [
  { value: "30", text: "30 minutes" },
  { value: "120", text: "2 hours" },
  { value: "480", text: "8 hours" },
  { value: "", text: "as long as it lasts" },
];
const firstSpan = "30";

function SpanField({ onPick }: { onPick: (minutes: string) => void }) {
  const [picked, setPicked] = useState(firstSpan);
  const pick = (minutes: string) => {
    setPicked(minutes);
    onPick(minutes);
  };
  return <SelectField label="For" options={spans} value={picked} onPick={pick} />;
}

/** Asks for how long and with which note, then says to everybody who looks that somebody is on it. */
export async function acknowledge(trouble: Trouble): Promise<void> {
  let minutes = firstSpan;
  const answer = await confirm({
    action: "trouble.ack",
    title: "Say that you are on it?",
    effect: trouble.text,
    consequence: "Everybody who looks here sees your name and your note. Nothing else changes.",
    wayBack: "It asks for attention again when the time is over, and ends with the trouble itself.",
    act: "I'm on it",
    asks: { label: "Note", hint: "Everybody sees it; kept in the audit" },
    options: (
      <SpanField
        onPick={(picked) => {
          minutes = picked;
        }}
      />
    ),
  });
  if (answer === null) return;
  const until =
    minutes === "" ? {} : { until: new Date(serverNow() + Number(minutes) * 60_000).toISOString() };
  await runWrite({
    endpoint: "ackTrouble",
    params: { trouble_id: trouble.id },
    body: { ...answer, ...until, ...(answer.reason === undefined ? {} : { note: answer.reason }) },
    tried: "Telling the others",
    done: "Everybody sees that you are on it",
  });
}
