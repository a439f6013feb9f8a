import { TextField } from "../../ui/field.tsx";

/** Above so many jobs deleted or cancelled at once, the queue's name is typed first. */
const few = 20;
export const needsName = (jobs: number): boolean => jobs > few;

interface TypedNameProps {
  /** What has to be typed. */
  name: string;
  /** Why this much care, as a sentence. */
  why: string;
  value: string;
  error: string | null;
  onChange: (text: string) => void;
}

/** A name typed by hand: so that nobody deletes many jobs of the wrong queue by habit. */
export function TypedName({ name, why, value, error, onChange }: TypedNameProps) {
  return (
    <TextField
      label={`Type ${name} to confirm`}
      hint={why}
      error={error}
      className="font-mono"
      maxLength={1000}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** What to say while the name is not there, or null. */
export const nameComplaint = (name: string, typed: string): string | null =>
  typed.trim() === name ? null : `Type ${name}, the name of the queue.`;

/** Of the button that acts: not that of danger before the name is there, as it would only complain. */
export const toneOf = (danger: boolean, complaint: string | null): "danger" | "default" | "primary" =>
  danger ? (complaint === null ? "danger" : "default") : "primary";
