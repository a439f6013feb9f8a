import { type FormEvent, useId, useState } from "react";
import { queryClient } from "../../api/query-client.ts";
import { Button } from "../../ui/button.tsx";
import { Input } from "../../ui/field.tsx";
import { runWrite } from "../actions/run-write.tsx";

interface NameFormProps {
  /** What it begins with. */
  first: string;
  /** Somebody pressed their name. */
  asked: boolean;
  onClose: () => void;
}

/** Asks for a name and keeps it. */
export default function NameForm({ first, asked, onClose }: NameFormProps) {
  const id = useId();
  const [name, setName] = useState(first);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return onClose();
    const { outcome } = await runWrite({
      endpoint: "setName",
      params: {},
      body: { name: name.trim() },
      tried: "Keeping your name",
      done: `You are ${name.trim()} here`,
    });
    if (outcome !== "success") return;
    await queryClient.invalidateQueries({ queryKey: ["getSession"] });
    onClose();
  };
  return (
    <form
      onSubmit={submit}
      aria-label="Your name"
      className="flex items-center gap-x-2 gap-y-0.5 border-b sm:flex-wrap border-line px-4 py-1 text-xs text-dim sm:px-6"
    >
      <label htmlFor={id} className="font-medium text-text">
        Who are you?
      </label>
      <Input
        id={id}
        // Somebody who pressed their name wants to type; at the first visit nobody asked for the focus.
        autoFocus={asked}
        aria-describedby={`${id}-note`}
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.target.value)}
        className="h-7! w-36 min-w-0 max-sm:flex-1"
      />
      <Button size="small" type="submit">
        Keep
      </Button>
      <Button size="small" tone="quiet" onClick={onClose}>
        Not now
      </Button>
      <span id={`${id}-note`} className="max-sm:sr-only">
        Written beside your actions in the audit, unverified.
      </span>
    </form>
  );
}
