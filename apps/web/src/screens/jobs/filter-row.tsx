import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { activeFilters } from "../../features/job-filter/job-filter.ts";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { DraftInput } from "../../ui/draft-input.tsx";
import { Field, Input, Select, SelectField } from "../../ui/field.tsx";
import { serverNow } from "../../ui/use-now.ts";
import type { JobsSearch } from "./jobs-search.ts";

interface FilterRowProps {
  search: JobsSearch;
  onChange: (next: Partial<JobsSearch>) => void;
}

/** What may be searched for, each by its name. On phones the payload stands for all until more is wanted. */
export function FilterRow({ search, onChange }: FilterRowProps) {
  const used = activeFilters(search).filter(({ name }) => name !== "q").length;
  const [open, setOpen] = useState(false);
  const set = (next: Partial<JobsSearch>) => onChange({ ...next, page: 1 });
  return (
    <form
      onSubmit={(event) => event.preventDefault()}
      aria-label="Filter jobs"
      className="grid grid-cols-2 items-end gap-2 lg:flex"
    >
      <div className="col-span-2 flex items-end gap-2 lg:w-72">
        <DraftField
          label="In the payload"
          placeholder="tenant-88"
          className="flex-1"
          value={search.q}
          onCommit={(q) => set({ q })}
        />
        <Button
          className="sm:hidden"
          aria-expanded={open}
          icon={<SlidersHorizontal size={14} aria-hidden />}
          onClick={() => setOpen(!open)}
        >
          More{used === 0 ? "" : ` (${used})`}
        </Button>
      </div>
      <div className={cx("contents", !open && "max-sm:hidden")}>
        <DraftField
          label="Task"
          placeholder="part of its name"
          className="lg:w-52"
          value={search.task}
          onCommit={(task) => set({ task })}
        />
        <DraftField
          label="Job id"
          placeholder="part of it"
          className="lg:w-52"
          value={search.job_id}
          onCommit={(job_id) => set({ job_id })}
        />
        <SinceField onPick={(from) => set({ from, to: null })} />
        <SelectField
          label="Order"
          options={search.state === "active" ? activeOrders : orders}
          value={search.sort}
          onPick={(sort) => set({ sort: sort === "oldest" ? "oldest" : "newest" })}
        />
      </div>
    </form>
  );
}

const orders = [
  { value: "newest", text: "Newest first" },
  { value: "oldest", text: "Oldest first" },
];

/** Of what runs, the oldest is what may be stuck. */
const activeOrders = [
  { value: "newest", text: "Newest first" },
  { value: "oldest", text: "Longest running first" },
];

interface DraftFieldProps {
  label: string;
  placeholder: string;
  className: string;
  value: string;
  onCommit: (text: string) => void;
}

const DraftField = ({ label, className, ...input }: DraftFieldProps) => (
  <div className={className}>
    <Field label={label}>
      {(ids) => <DraftInput {...ids} {...input} type="search" className="w-full" />}
    </Field>
  </div>
);

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
