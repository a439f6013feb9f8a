import { useQuery } from "@tanstack/react-query";
import { queuesQuery } from "../../api/queries.ts";
import { Select } from "../../ui/field.tsx";

/** All queues together or one of them. */
export function QueuePicker({ current, onPick }: { current: string; onPick: (queue: string) => void }) {
  const { data } = useQuery(queuesQuery());
  const names = new Set(data?.items.map((queue) => queue.name));
  if (current !== "") names.add(current);
  const options = [
    { value: "", text: "all queues" },
    ...[...names].sort((a, b) => a.localeCompare(b)).map((name) => ({ value: name, text: name })),
  ];
  return <Select aria-label="Queue" className="max-w-60" options={options} value={current} onPick={onPick} />;
}
