import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { Input, Select } from "../../ui/field.tsx";
import { serverNow } from "../../ui/use-now.ts";
import type { JobsSearch } from "./jobs-search.ts";
import { SearchLine } from "./search-line.tsx";

interface FilterRowProps {
  queue: string;
  search: JobsSearch;
  onChange: (next: Partial<JobsSearch>) => void;
}

/** What is searched for, since when, and in which order. On phones the search stands for all until more is wanted. */
export function FilterRow({ queue, search, onChange }: FilterRowProps) {
  const [open, setOpen] = useState(false);
  const set = (next: Partial<JobsSearch>) => onChange({ ...next, page: 1 });
  return (
    <form
      aria-label="Filter jobs"
      onSubmit={(event) => event.preventDefault()}
      className="grid grid-cols-2 items-start gap-2 lg:flex"
    >
      <div className="col-span-2 flex items-start gap-2 lg:flex-1">
        <div className="min-w-0 flex-1">
          <SearchLine queue={queue} search={search} onChange={set} />
        </div>
        <Button
          className="sm:hidden"
          aria-expanded={open}
          icon={<SlidersHorizontal size={14} aria-hidden />}
          onClick={() => setOpen(!open)}
        >
          More
        </Button>
      </div>
      <div className={cx("contents", !open && "max-sm:hidden")}>
        <SincePicker onPick={(from) => set({ from, to: null })} />
        <Select
          aria-label="Order"
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

const spans = [
  { value: "", text: "Any time" },
  { value: "15", text: "Last 15 minutes" },
  { value: "60", text: "Last hour" },
  { value: "360", text: "Last 6 hours" },
  { value: "1440", text: "Last 24 hours" },
  { value: "at", text: "Since…" },
];

/** A time becomes absolute when it is picked, so that a pasted link shows the same. */
function SincePicker({ onPick }: { onPick: (from: string | null) => void }) {
  const [typed, setTyped] = useState(false);
  const pick = (value: string) => {
    setTyped(value === "at");
    if (value === "at") return;
    onPick(value === "" ? null : new Date(serverNow() - Number(value) * 60_000).toISOString());
  };
  if (!typed) return <Select aria-label="Time" options={spans} value="" onPick={pick} />;
  return (
    <Input
      type="datetime-local"
      aria-label="Since (your time zone)"
      onBlur={(event) => {
        const at = Date.parse(event.target.value);
        if (!Number.isNaN(at)) onPick(new Date(at).toISOString());
        setTyped(false);
      }}
    />
  );
}
