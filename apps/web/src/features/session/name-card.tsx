import { type FormEvent, useState, useSyncExternalStore } from "react";
import { queryClient } from "../../api/query-client.ts";
import { createStore } from "../../lib/store.ts";
import { Button } from "../../ui/button.tsx";
import { Field, Input } from "../../ui/field.tsx";
import { runWrite } from "../actions/run-write.tsx";
import { useSession } from "./use-session.ts";

const askedKey = "spillway.asked-name";
const open = createStore(false);

export const askName = (): void => open.set(true);

/** Where nobody checks who people are, asks once what to write into the audit. Blocks nothing. */
export function NameCard() {
  const { auth, actor } = useSession();
  const reopened = useSyncExternalStore(open.subscribe, open.get);
  const [dismissed, dismiss] = useState(() => localStorage.getItem(askedKey) !== null);
  if (auth.mode !== "none" || (dismissed && !reopened)) return null;
  const close = () => {
    localStorage.setItem(askedKey, "yes");
    dismiss(true);
    open.set(false);
  };
  return <NameForm first={reopened ? actor.name : ""} onClose={close} />;
}

function NameForm({ first, onClose }: { first: string; onClose: () => void }) {
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
      className="fixed right-4 bottom-4 left-4 z-30 flex flex-col gap-3 rounded-lg border border-line bg-panel p-4 shadow-float max-sm:bottom-18 sm:left-auto sm:w-80"
    >
      <Field
        label="Who are you?"
        hint="Written beside your actions in the audit, as unverified: nobody checks it here."
      >
        {(ids) => (
          <Input {...ids} maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <div className="flex justify-end gap-2">
        <Button tone="quiet" onClick={onClose}>
          Not now
        </Button>
        <Button tone="primary" type="submit">
          Keep
        </Button>
      </div>
    </form>
  );
}
