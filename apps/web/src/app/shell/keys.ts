import { paths } from "../../lib/paths.ts";
import { createStore } from "../../lib/store.ts";
import { actOnRows } from "./row-keys.ts";

/** `g`, then one of these. */
export const placeKeys: Readonly<Record<string, string>> = {
  o: paths.overview(),
  q: paths.queues(),
  w: paths.workers(),
  m: paths.metrics(),
  p: paths.operations(),
  a: paths.audit(),
};

/** Keys that open something. */
const opening: Readonly<Record<string, "help" | "note" | "since">> = { "?": "help", n: "note", s: "since" };

interface Doings {
  open(what: "palette" | "help" | "note" | "since"): void;
  go(to: string): void;
}

const offKey = "spillway.keys";

function storedOff(): boolean {
  try {
    return localStorage.getItem(offKey) === "off";
  } catch {
    return false;
  }
}

/** Whether single keys do something. Who speaks to the browser turns them off; ⌘K stays. */
export const singleKeys = createStore(!storedOff());

export function setSingleKeys(on: boolean): void {
  singleKeys.set(on);
  try {
    localStorage.setItem(offKey, on ? "on" : "off");
  } catch {
    // A browser that keeps nothing still obeys until the tab closes.
  }
}

/** How long after `g` the next key names a place, ms. */
const pairTime = 2000;

/** Held down, these walk on. */
const walking = new Set(["j", "k"]);

/** A check box is ticked by a blank; letters mean nothing to it. */
const fields = "input:not([type=checkbox]), textarea, select, [contenteditable]";
const typing = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(fields) !== null;
/** A dialog or menu has the keyboard for itself. */
const busy = (): boolean => document.querySelector("[role=dialog], [role=menu]") !== null;

/** The search field of the screen, if it has one in sight. */
function focusSearch(): boolean {
  const field = Array.from(
    document.querySelectorAll<HTMLInputElement>("main :is(input[type=search], input[role=combobox])"),
  ).find((one) => one.checkVisibility());
  field?.select();
  field?.focus();
  return field !== undefined;
}

/** Listens on the whole page; returns how to stop. Keys pressed while typing, with a modifier or in a dialog are left alone. */
export function listenForKeys({ open, go }: Doings): () => void {
  let gAt = Number.NEGATIVE_INFINITY;
  const act = (event: KeyboardEvent): boolean => {
    const paired = event.timeStamp - gAt < pairTime ? placeKeys[event.key] : undefined;
    const opened = opening[event.key];
    gAt = Number.NEGATIVE_INFINITY;
    if (paired !== undefined) go(paired);
    else if (event.key === "g") gAt = event.timeStamp;
    else if (opened !== undefined) open(opened);
    else if (event.key !== "/") return actOnRows(event);
    else if (!focusSearch()) open("palette");
    return true;
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || (event.repeat && !walking.has(event.key))) return;
    if (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey) && !event.altKey) {
      event.preventDefault();
      open("palette");
    } else if (!event.metaKey && !event.ctrlKey && !event.altKey) {
      if (singleKeys.get() && !typing(event.target) && !busy() && act(event)) event.preventDefault();
    }
  };
  addEventListener("keydown", onKey);
  return () => removeEventListener("keydown", onKey);
}
