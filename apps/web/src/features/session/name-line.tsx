import { type FormEvent, useId, useState, useSyncExternalStore } from "react";
import { queryClient } from "../../api/query-client.ts";
import { createStore } from "../../lib/store.ts";
import { Button } from "../../ui/button.tsx";
import { Input } from "../../ui/field.tsx";
import { runWrite } from "../actions/run-write.tsx";
import { useSession } from "./use-session.ts";

const askedKey = "spillway.asked-name";
const open = createStore(false);

export const askName = (): void => open.set(true);

/** Where nobody checks who people are, asks once what to write into the audit. A line of its own: it covers nothing. */
export function NameLine() {
  const { auth, actor } = useSession();
  const reopened = useSyncExternalStore(open.subscribe, open.get);
  const [dismissed, dismiss] = useState(() => localStorage.getItem(askedKey) !== null);
  if (auth.mode !== "none" || (dismissed && !reopened)) return null;
  const close = () => {
    localStorage.setItem(askedKey, "yes");
    dismiss(true);
    open.set(false);
  };
  return (
    <NameForm key={String(reopened)} first={reopened ? actor.name : ""} asked={reopened} onClose={close} />
  );
}

function NameForm({ first, asked, onClose }: { first: string; asked: boolean; onClose: () => void }) {
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
      className="flex flex-wrap items-center gap-x-2 gap-y-0.5 border-b border-line px-4 py-1 text-xs text-dim sm:px-6"
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
      <span id={`${id}-note`} className="max-sm:w-full max-sm:pb-1 max-sm:text-2xs">
        Written beside your actions in the audit, unverified.
      </span>
    </form>
  );
}
