import type { Session } from "@spillway/contract/schemas";
import { useState, useSyncExternalStore } from "react";
import { createStore } from "../../lib/store.ts";
import { lazily } from "../../ui/lazily.tsx";
import { useSession } from "./use-session.ts";

// The room is there before the form, so that nothing jumps.
const NameForm = lazily(() => import("./name-form.tsx"), <div className="h-[33.5px] touch:h-[53px]" />);

const askedKey = "spillway.asked-name";
const open = createStore(false);

export const askName = (): void => open.set(true);

/** Nobody said yet who they are: the cookie that holds a name knows better than what this browser remembers. */
const isNameless = ({ id }: Session["actor"]): boolean => id === "anonymous";

/** Where nobody checks who people are, asks once what to write into the audit. A line of its own: it covers nothing. */
export function NameLine() {
  const { auth, actor } = useSession();
  const reopened = useSyncExternalStore(open.subscribe, open.get);
  const [dismissed, dismiss] = useState(() => localStorage.getItem(askedKey) !== null);
  if (auth.mode !== "none" || !(reopened || (isNameless(actor) && !dismissed))) return null;
  const close = () => {
    localStorage.setItem(askedKey, "yes");
    dismiss(true);
    open.set(false);
  };
  return (
    <NameForm key={String(reopened)} first={reopened ? actor.name : ""} asked={reopened} onClose={close} />
  );
}
