import { Plus, X } from "lucide-react";
import { formatCount } from "../../lib/format.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Input, Select, SelectField, TextField } from "../../ui/field.tsx";
import {
  type GateDraft,
  gateComplaints,
  mostPhases,
  type PhaseDraft,
  type PlanDraft,
  phaseComplaint,
} from "./plan.ts";

const kinds = [
  { value: "count", text: "jobs" },
  { value: "percent", text: "% of all" },
  { value: "rest", text: "all the rest" },
];
const kindOf = (value: string): PhaseDraft["kind"] =>
  value === "percent" || value === "rest" ? value : "count";

interface PlanFieldsProps {
  plan: PlanDraft;
  /** What each phase comes to; empty while something typed can't be. */
  sizes: readonly number[];
  onChange: (next: PlanDraft) => void;
}

/** The phases and the gate, for when the usual ones don't fit. */
export function PlanFields({ plan, sizes, onChange }: PlanFieldsProps) {
  const { phases, gate } = plan;
  const put = (index: number, next: PhaseDraft) => onChange({ ...plan, phases: phases.with(index, next) });
  const add = () => {
    const last = phases.at(-1);
    const more: PhaseDraft = { kind: "percent", text: "25" };
    const next = last?.kind === "rest" ? [...phases.slice(0, -1), more, last] : [...phases, more];
    onChange({ ...plan, phases: next });
  };
  return (
    <div className="flex flex-col gap-4 rounded-md border border-line p-3">
      <ol aria-label="Phases" className="flex flex-col gap-2">
        {phases.map((phase, index) => (
          <PhaseFields
            // Phases have no names but their places.
            key={`${index}`}
            number={index + 1}
            phase={phase}
            size={sizes[index]}
            complaint={phaseComplaint(phase, index === phases.length - 1)}
            onChange={(next) => put(index, next)}
            onRemove={
              phases.length === 1 ? null : () => onChange({ ...plan, phases: phases.toSpliced(index, 1) })
            }
          />
        ))}
      </ol>
      <div>
        <Button
          size="small"
          icon={<Plus size={14} aria-hidden />}
          disabledReason={phases.length >= mostPhases ? `At most ${mostPhases} phases.` : null}
          onClick={add}
        >
          Add a phase
        </Button>
      </div>
      <GateFields gate={gate} onChange={(next) => onChange({ ...plan, gate: next })} />
    </div>
  );
}

interface PhaseFieldsProps {
  number: number;
  phase: PhaseDraft;
  size: number | undefined;
  complaint: string | null;
  onChange: (next: PhaseDraft) => void;
  onRemove: (() => void) | null;
}

function PhaseFields({ number, phase, size, complaint, onChange, onRemove }: PhaseFieldsProps) {
  return (
    <li className="flex flex-wrap items-center gap-2 text-sm">
      <span className="w-5 text-dim">{number}.</span>
      {phase.kind === "rest" ? null : (
        <Input
          aria-label={`Phase ${number}: how many`}
          aria-invalid={complaint === null ? undefined : true}
          inputMode="decimal"
          maxLength={9}
          className="w-20"
          value={phase.text}
          onChange={(event) => onChange({ ...phase, text: event.target.value })}
        />
      )}
      <Select
        aria-label={`Phase ${number}: of what`}
        options={kinds}
        value={phase.kind}
        onPick={(kind) => onChange({ ...phase, kind: kindOf(kind) })}
      />
      {complaint !== null ? (
        <span className="text-xs text-failed">{complaint}</span>
      ) : size === undefined ? null : (
        <span className="text-xs text-dim">= {formatCount(size)}</span>
      )}
      {onRemove === null ? null : (
        <IconButton label={`Take phase ${number} away`} size="small" className="ml-auto" onClick={onRemove}>
          <X size={14} aria-hidden />
        </IconButton>
      )}
    </li>
  );
}

function GateFields({ gate, onChange }: { gate: GateDraft; onChange: (next: GateDraft) => void }) {
  const complaints = gateComplaints(gate);
  const number = (name: "failing" | "known" | "settle", label: string, hint: string) => (
    <TextField
      label={label}
      hint={hint}
      error={complaints[name]}
      inputMode="decimal"
      maxLength={6}
      value={gate[name]}
      onChange={(event) => onChange({ ...gate, [name]: event.target.value })}
    />
  );
  return (
    <div className="grid items-start gap-3 sm:grid-cols-3">
      {number("failing", "May fail again, %", "of a phase; one of ten always may, unless it is 0")}
      {number("settle", "Settle time, s", "from a job's start until its fate counts as open")}
      {number("known", "Must be known, %", "of a phase before it is judged")}
      <div className="sm:col-span-2">
        <SelectField
          label="When too many fail again"
          options={regressions}
          value={gate.onRegression}
          onPick={(picked) =>
            onChange({ ...gate, onRegression: picked === "stop" ? "stop" : "stop_and_pause_queue" })
          }
        />
      </div>
    </div>
  );
}

const regressions = [
  { value: "stop", text: "Stop retrying" },
  { value: "stop_and_pause_queue", text: "Stop retrying and pause the queue" },
];
