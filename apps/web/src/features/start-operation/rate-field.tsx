import { TextField } from "../../ui/field.tsx";

/** What is typed for the rate, as the server takes it: null where it is empty, undefined where it is none. */
export function rateOf(text: string): number | null | undefined {
  if (text.trim() === "") return null;
  const rate = Number(text);
  return Number.isFinite(rate) && rate >= 0.1 && rate <= 100_000 ? rate : undefined;
}

export const rateComplaint = (text: string): string | null =>
  rateOf(text) === undefined ? "A number from 0.1 to 100,000, or nothing." : null;

interface RateFieldProps {
  /** Of a retry: the jobs line up in the queue. */
  linesUp?: boolean;
  value: string;
  tried: boolean;
  onChange: (text: string) => void;
}

/** So that a slow dependency is not run over by what comes back at once. */
export function RateField({ linesUp = false, value, tried, onChange }: RateFieldProps) {
  return (
    <TextField
      label="Jobs per second, at most"
      hint={
        linesUp
          ? "Empty: all at once. They line up behind what waits now, and new jobs behind them"
          : "Empty: as fast as the engine takes them"
      }
      error={tried ? rateComplaint(value) : null}
      inputMode="decimal"
      placeholder="no limit"
      maxLength={10}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
