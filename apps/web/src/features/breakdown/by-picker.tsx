import type { JobState } from "@spillway/contract/schemas";
import { type FormEvent, useId, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Input, Select } from "../../ui/field.tsx";
import { byPath, byPattern, keysFor, nounOf, pathOf } from "./breakdown-keys.ts";

interface ByPickerProps {
  /** What it belongs to, spoken: the list has no label of its own in sight. */
  label: string;
  state: JobState;
  by: string;
  /** Payload fields that the jobs were seen to have. */
  paths: readonly string[];
  onPick: (by: string) => void;
}

/** So many payload fields stand in the list; the rest is suggested while one is typed. */
const listed = 8;
const other = "other";

/** By what jobs are told apart: a fact of every job, a field of their payload, or one that is typed. */
export function ByPicker({ label, state, by, paths, onPick }: ByPickerProps) {
  const [typing, setTyping] = useState(false);
  if (typing)
    return (
      <PathForm
        label={label}
        paths={paths}
        onPick={(path) => {
          setTyping(false);
          if (path !== "") onPick(byPath(path));
        }}
      />
    );
  const fields = [...new Set([...(pathOf(by) === null ? [] : [by]), ...paths.map(byPath)])];
  const options = [
    ...keysFor(state).map((key) => ({ value: key, text: `by ${nounOf(key)[0]}` })),
    ...fields.slice(0, listed).map((field) => ({ value: field, text: `by ${pathOf(field)}` })),
    { value: other, text: "by another payload field…" },
  ];
  return (
    <Select
      aria-label={label}
      className="h-7! max-w-44 text-xs!"
      options={options}
      value={by}
      onPick={(value) => (value === other ? setTyping(true) : onPick(value))}
    />
  );
}

function PathForm({ label, paths, onPick }: Pick<ByPickerProps, "label" | "paths" | "onPick">) {
  const list = useId();
  const [path, setPath] = useState("");
  const isPath = byPattern.test(byPath(path.trim()));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onPick(path.trim());
  };
  return (
    <form onSubmit={submit} className="flex items-center gap-1.5">
      <Input
        // The list was just asked for it.
        ref={(input) => input?.focus()}
        aria-label={`${label}: payload field`}
        placeholder="customer.country"
        list={list}
        maxLength={180}
        className="h-7! w-36 text-xs!"
        value={path}
        onChange={(event) => setPath(event.target.value)}
        onKeyDown={({ key }) => (key === "Escape" ? onPick("") : undefined)}
      />
      <datalist id={list}>
        {paths.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <Button size="small" type="submit">
        {isPath ? "Show" : "Back"}
      </Button>
    </form>
  );
}
