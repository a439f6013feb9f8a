import type { Gate } from "@spillway/contract/schemas";
import { SelectField } from "../../ui/field.tsx";

interface AdvanceFieldProps {
  value: Gate["advance"];
  onChange: (next: Gate["advance"]) => void;
}

/** Whether a person looks between two phases. In sight, for whoever wants to look first must not have to search. */
export const AdvanceField = ({ value, onChange }: AdvanceFieldProps) => (
  <SelectField
    label="Next phase"
    hint={value === "auto" ? "As soon as the one before has passed" : "Also after one that has passed"}
    options={advances}
    value={value}
    onPick={(picked) => onChange(picked === "manual" ? "manual" : "auto")}
  />
);

const advances = [
  { value: "manual", text: "Waits for me" },
  { value: "auto", text: "Begins by itself" },
];
