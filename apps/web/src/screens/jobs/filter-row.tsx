import { useState } from "react";
import { Field, Input, Select } from "../../ui/field.tsx";
import { serverNow } from "../../ui/use-now.ts";
import { FilterInput } from "./filter-input.tsx";
import type { JobsSearch } from "./jobs-search.ts";

interface FilterRowProps {
  search: JobsSearch;
  onChange: (next: Partial<JobsSearch>) => void;
}

/** What may be searched for, each by its name. */
export function FilterRow({ search, onChange }: FilterRowProps) {
  const set = (next: Partial<JobsSearch>) => onChange({ ...next, page: 1 });
  return (
    <form
      onSubmit={(event) => event.preventDefault()}
      aria-label="Filter jobs"
      className="grid grid-cols-2 items-end gap-2 lg:flex"
    >
      <FilterInput
        label="In the payload"
        placeholder="tenant-88"
        className="col-span-2 lg:w-72"
        value={search.q}
        onCommit={(q) => set({ q })}
      />
      <FilterInput
        label="Task"
        placeholder="part of its name"
        className="lg:w-52"
        value={search.task}
        onCommit={(task) => set({ task })}
      />
      <FilterInput
        label="Job id"
        placeholder="part of it"
        className="lg:w-52"
        value={search.job_id}
        onCommit={(job_id) => set({ job_id })}
      />
      <SinceField onPick={(from) => set({ from, to: null })} />
      <Field label="Order">
        {(ids) => (
          <Select
            {...ids}
            options={orders}
            value={search.sort}
            onPick={(sort) => set({ sort: sort === "oldest" ? "oldest" : "newest" })}
          />
        )}
      </Field>
    </form>
  );
}

const orders = [
  { value: "newest", text: "Newest first" },
  { value: "oldest", text: "Oldest first" },
];

const spans = [
  { value: "", text: "Any time" },
  { value: "15", text: "Last 15 minutes" },
  { value: "60", text: "Last hour" },
  { value: "360", text: "Last 6 hours" },
  { value: "1440", text: "Last 24 hours" },
  { value: "at", text: "Since…" },
];

/** A time becomes absolute when it is picked, so that a pasted link shows the same. */
function SinceField({ onPick }: { onPick: (from: string | null) => void }) {
  const [typed, setTyped] = useState(false);
  const pick = (value: string) => {
    setTyped(value === "at");
    if (value === "at") return;
    onPick(value === "" ? null : new Date(serverNow() - Number(value) * 60_000).toISOString());
  };
  return (
    <Field label="Time">
      {(ids) =>
        typed ? (
          <Input
            {...ids}
            type="datetime-local"
            aria-label="Since (your time zone)"
            onBlur={(event) => {
              const at = Date.parse(event.target.value);
              if (!Number.isNaN(at)) onPick(new Date(at).toISOString());
              setTyped(false);
            }}
          />
        ) : (
          <Select {...ids} options={spans} value="" onPick={pick} />
        )
      }
    </Field>
  );
}
