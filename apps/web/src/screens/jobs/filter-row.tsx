import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { shownClock } from "../../lib/format.ts";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/cx.ts";
import { DraftInput } from "../../ui/draft-input.tsx";
import { Input, Select } from "../../ui/field.tsx";
import { serverNow } from "../../ui/use-now.ts";
import type { JobsSearch } from "./jobs-search.ts";
import { ordersOf } from "./orders.ts";
import { SearchLine } from "./search-line.tsx";

/** What the search line takes as `task:` and `id:`, to be typed without knowing so. */
const typedFields = [
  { name: "task", label: "Task contains" },
  { name: "job_id", label: "Job id contains" },
  { name: "q", label: "Payload contains" },
] as const;

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
        <span className="contents sm:hidden">
          {typedFields.map(({ name, label }) => (
            <DraftInput
              key={name}
              aria-label={label}
              placeholder={label}
              className="col-span-2"
              value={search[name]}
              onCommit={(text) => set({ [name]: text })}
            />
          ))}
        </span>
        <SincePicker from={search.from} onPick={(from) => set({ from, to: null })} />
        <Select
          aria-label="Order"
          options={ordersOf(search.state)}
          value={search.sort}
          onPick={(sort) => set({ sort: sort === "oldest" ? "oldest" : "newest" })}
        />
      </div>
    </form>
  );
}

const spans = [
  { value: "", text: "Any time" },
  { value: "15", text: "Last 15 minutes" },
  { value: "60", text: "Last hour" },
  { value: "360", text: "Last 6 hours" },
  { value: "1440", text: "Last 24 hours" },
  { value: "at", text: "Since…" },
];

interface SincePickerProps {
  from: string | null;
  onPick: (from: string | null) => void;
}

/** A time becomes absolute when it is picked, so that a pasted link shows the same. */
function SincePicker({ from, onPick }: SincePickerProps) {
  const [typed, setTyped] = useState(false);
  const [picked, setPicked] = useState({ span: "", from });
  const put = (span: string, next: string | null) => {
    setPicked({ span, from: next });
    onPick(next);
  };
  const pick = (span: string) => {
    if (span === "at") setTyped(true);
    else if (span !== "other")
      put(span, span === "" ? null : new Date(serverNow() - Number(span) * 60_000).toISOString());
  };
  if (typed)
    return (
      <Input
        // The list was just asked for it.
        ref={(input) => input?.focus()}
        type="datetime-local"
        aria-label="Since (your time zone)"
        onKeyDown={({ key, currentTarget }) => (key === "Enter" ? currentTarget.blur() : undefined)}
        onBlur={({ target }) => {
          const at = Date.parse(target.value);
          if (!Number.isNaN(at)) put("", new Date(at).toISOString());
          setTyped(false);
        }}
      />
    );
  // What a link or the search says is none of the spans.
  const other = from !== null && (from !== picked.from || picked.span === "");
  return (
    <Select
      aria-label="Time"
      options={other ? [...spans, { value: "other", text: `Since ${shownClock(from, serverNow())}` }] : spans}
      value={from === null ? "" : other ? "other" : picked.span}
      onPick={pick}
    />
  );
}
