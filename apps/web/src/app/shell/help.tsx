import { useSyncExternalStore } from "react";
import { Checkbox } from "../../ui/checkbox.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Kbd } from "../../ui/kbd.tsx";
import { setSingleKeys, singleKeys } from "./keys.ts";

const groups: { title: string; keys: [keys: string[], does: string][] }[] = [
  {
    title: "Everywhere",
    keys: [
      [["⌘ K", "Ctrl K"], "Go to a job id, queue or screen"],
      [["/"], "Search on this screen, else everywhere"],
      [["n"], "Add a note to the open incident"],
      [["s"], "Show changes since a moment"],
      [["?"], "This help"],
      [["Esc"], "Close what is open"],
    ],
  },
  {
    title: "Go to",
    keys: [
      [["g", "o"], "Overview"],
      [["g", "q"], "Queues"],
      [["g", "w"], "Workers"],
      [["g", "m"], "Metrics"],
      [["g", "p"], "Operations"],
      [["g", "a"], "Audit"],
    ],
  },
  {
    title: "In lists",
    keys: [
      [["j"], "To the next row"],
      [["k"], "To the row before"],
      [["Enter"], "Open the row"],
      [["x"], "Select the row, or take it out again"],
      [["Shift", "x"], "Select all rows from the last one to this"],
      [["a"], "To what can be done with the selected rows"],
      [["Esc"], "Select none, then leave the list"],
      [["Tab"], "To what else can be done in a row"],
    ],
  },
];

/** What the keyboard can do. Esc closes it and gives the focus back. */
export default function Help({ onClose }: { onClose: () => void }) {
  const on = useSyncExternalStore(singleKeys.subscribe, singleKeys.get);
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <div className="flex flex-col gap-4">
        {groups.map(({ title, keys }) => (
          <section key={title} aria-label={title}>
            <h3 className="mb-1 text-xs font-medium text-dim">{title}</h3>
            <dl className="grid grid-cols-[112px_1fr] gap-y-1.5 text-sm">
              {keys.map(([names, does]) => (
                <div key={does} className="col-span-2 grid grid-cols-subgrid items-center">
                  <dt className="flex gap-1">
                    {names.map((name) => (
                      <Kbd key={name}>{name}</Kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <Checkbox
          label="Single keys do something when no field is in use"
          visibleLabel
          checked={on}
          onChange={({ checked }) => setSingleKeys(checked)}
        />
      </div>
    </Dialog>
  );
}
