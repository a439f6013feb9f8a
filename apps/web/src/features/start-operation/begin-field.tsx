import { shownClock } from "../../lib/format.ts";
import { SelectField } from "../../ui/field.tsx";
import { serverNow } from "../../ui/use-now.ts";

const minute = 60_000;
const delays = [
  { value: "0", text: "at once" },
  { value: `${5 * minute}`, text: "in 5 minutes" },
  { value: `${15 * minute}`, text: "in 15 minutes" },
  { value: `${60 * minute}`, text: "in an hour" },
  { value: `${4 * 60 * minute}`, text: "in 4 hours" },
];

/** When it begins: how long after it was picked, and the time that came to. */
export interface Beginning {
  delay: string;
  /** ISO 8601; null: at once. */
  startsAt: string | null;
}

export const atOnce: Beginning = { delay: "0", startsAt: null };

/** What is sent of it. */
export const beginningBody = ({ startsAt }: Beginning): { starts_at?: string } =>
  startsAt === null ? {} : { starts_at: startsAt };

interface BeginFieldProps {
  value: Beginning;
  onChange: (next: Beginning) => void;
}

/** For when what was broken will be mended at a time that is known: the jobs are frozen now, and retried then. */
export function BeginField({ value: { delay, startsAt }, onChange }: BeginFieldProps) {
  const begins = startsAt === null ? "" : `: ${shownClock(startsAt, serverNow())}`;
  return (
    <SelectField
      label="Begin"
      hint={startsAt === null ? "The jobs counted here, and no others" : `The jobs counted here${begins}`}
      options={delays}
      value={delay}
      onPick={(picked) => onChange({ delay: picked, startsAt: timeAfter(Number(picked)) })}
    />
  );
}

const timeAfter = (ms: number): string | null => (ms === 0 ? null : new Date(serverNow() + ms).toISOString());
