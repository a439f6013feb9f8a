import type { AuditList } from "@spillway/contract/schemas";
import { SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { formatCount, utcStamp } from "../../lib/format.ts";
import { typedTime } from "../../lib/typed-time.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/checkbox.tsx";
import { DraftInput } from "../../ui/draft-input.tsx";
import { Select } from "../../ui/field.tsx";
import { usePhone } from "../../ui/use-phone.ts";
import { type AuditSearch, isFiltered, statuses } from "./audit-search.ts";

export interface AuditFiltersProps {
  search: AuditSearch;
  facets: AuditList["facets"];
  onChange: (next: Partial<AuditSearch>) => void;
  /** On a queue's own page there is nothing to choose. */
  withoutQueue?: boolean;
}

/** What to look for; the choices are what is there, with how often. */
export function AuditFilters({ search, facets, onChange, withoutQueue = false }: AuditFiltersProps) {
  const hidden = ["incident", "job_id", "from", "to", "destructive"] as const;
  const used = hidden.filter(
    (name) => search[name] !== null && search[name] !== "" && search[name] !== false,
  );
  const [open, setOpen] = useState(used.length > 0);
  const pick = (next: Partial<AuditSearch>) => onChange({ ...next, before: 0 });
  return (
    <form
      aria-label="Audit filters"
      onSubmit={(event) => event.preventDefault()}
      className="flex flex-col gap-2"
    >
      <div className="flex flex-wrap items-center gap-2">
        <DraftInput
          type="search"
          aria-label="Search who, reason, job or error"
          placeholder="Search who, reason, job or error"
          className="w-full sm:w-72"
          value={search.q}
          onCommit={(q) => pick({ q })}
        />
        <FacetSelect
          name="action"
          current={search.action}
          facet={facets.action}
          onPick={(action) => pick({ action })}
        />
        <FacetSelect
          name="status"
          current={search.status ?? ""}
          facet={facets.status}
          onPick={(status) => pick({ status: statuses.find((one) => one === status) ?? null })}
        />
        {withoutQueue ? null : (
          <FacetSelect
            name="queue"
            current={search.queue}
            facet={facets.queue}
            onPick={(queue) => pick({ queue })}
          />
        )}
        <FacetSelect
          name="actor"
          current={search.actor}
          facet={facets.actor}
          onPick={(actor) => pick({ actor })}
        />
        <Button
          tone="quiet"
          aria-expanded={open}
          icon={<SlidersHorizontal size={14} aria-hidden />}
          onClick={() => setOpen(!open)}
        >
          More filters{used.length === 0 ? "" : ` (${used.length})`}
        </Button>
        {isFiltered(search) ? (
          <Link to="?" className="text-sm text-accent touch:py-[13px] hover:underline">
            Clear filters
          </Link>
        ) : null}
      </div>
      {open ? <MoreFilters search={search} pick={pick} /> : null}
    </form>
  );
}

function MoreFilters({ search, pick }: { search: AuditSearch; pick: (next: Partial<AuditSearch>) => void }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <DraftInput
        aria-label="Incident"
        placeholder="Incident"
        className="w-40"
        value={search.incident}
        onCommit={(incident) => pick({ incident })}
      />
      <DraftInput
        aria-label="Job id, exactly"
        placeholder="Job id, exactly"
        maxLength={1000}
        className="w-48 font-mono"
        value={search.job_id}
        onCommit={(job_id) => pick({ job_id })}
      />
      <TimeFilter label="From, UTC" value={search.from} onChange={(from) => pick({ from })} />
      <TimeFilter label="To, UTC" value={search.to} onChange={(to) => pick({ to })} />
      <FlagFilter
        label="Destructive only"
        value={search.destructive}
        onChange={(destructive) => pick({ destructive })}
      />
    </div>
  );
}

/** Ticked at once; what the address says wins as soon as it says something new. */
function FlagFilter(props: { label: string; value: boolean; onChange: (value: boolean) => void }) {
  const { label, value, onChange } = props;
  const [ticked, setTicked] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    setTicked(value);
  }
  const flip = ({ checked }: { checked: boolean }) => {
    setTicked(checked);
    onChange(checked);
  };
  return <Checkbox label={label} visibleLabel checked={ticked} onChange={flip} />;
}

/** A time in UTC, typed, or on a phone picked; what can't be read as one changes nothing. */
function TimeFilter(props: {
  label: string;
  value: string | null;
  onChange: (value: string | null) => void;
}) {
  const { label, value, onChange } = props;
  const phone = usePhone();
  if (phone)
    return (
      <div className="flex w-full items-center gap-2 text-sm text-dim">
        <span aria-hidden className="w-20">
          {label}
        </span>
        <DraftInput
          type="datetime-local"
          aria-label={label}
          className="flex-1"
          value={value === null ? "" : value.slice(0, 16)}
          onCommit={(text) => onChange(typedTime(text))}
        />
      </div>
    );
  return (
    <DraftInput
      aria-label={label}
      placeholder={`${label}: 2026-11-23 14:02`}
      className="w-64"
      value={value === null ? "" : utcStamp(value)}
      onCommit={(text) => {
        const time = typedTime(text);
        if (text === "" || time !== null) onChange(time);
      }}
    />
  );
}

interface FacetSelectProps {
  name: keyof AuditList["facets"];
  current: string;
  facet: readonly { value: string; count: number; name?: string }[];
  onPick: (value: string) => void;
}

function FacetSelect({ name, current, facet, onPick }: FacetSelectProps) {
  const options = [
    { value: "", text: `any ${name}` },
    ...facet.map(({ value, count, name: shown = value }) => ({
      value,
      text: `${shown} (${formatCount(count)})`,
    })),
  ];
  if (current !== "" && !facet.some(({ value }) => value === current))
    options.push({ value: current, text: `${current} (0)` });
  return (
    <Select
      aria-label={name.replace(/^./, (letter) => letter.toUpperCase())}
      className="max-w-48"
      options={options}
      value={current}
      onPick={onPick}
    />
  );
}
