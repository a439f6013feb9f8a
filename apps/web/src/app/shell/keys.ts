import { paths } from "../../lib/paths.ts";
import { createStore } from "../../lib/store.ts";
import { createKeyRun, type Patience } from "./key-run.ts";
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
/** Those of lists do nothing that could not be undone by the next: they act at once, unless they are within a word. */
const atOnce = new Set(["j", "k", "x", "X", "a", "?", "/"]);

const patience: Patience = (keys) => {
  if (keys === "g") return pairTime;
  return opening[keys] === undefined && placeOf(keys) === undefined ? null : 0;
};
const placeOf = (keys: string): string | undefined =>
  keys.length === 2 && keys.startsWith("g") ? placeKeys[keys.slice(1)] : undefined;

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
  const run = createKeyRun(patience, (keys) => {
    const [place, opened] = [placeOf(keys), opening[keys]];
    if (busy()) return;
    if (place !== undefined) go(place);
    else if (opened !== undefined) open(opened);
  });
  /** True if the browser is to do nothing by it. */
  const act = (event: KeyboardEvent): boolean => {
    const { key } = event;
    const within = run.isGoingOn();
    // Words that nobody takes press no button either.
    if (key === "Enter" || key === "Escape") run.drop();
    if (key === "Enter") return within;
    if (key.length > 1) return actOnRows(event);
    if (!within && key === " ") return false;
    if (within || !atOnce.has(key)) run.add(key);
    else if (key === "?") open("help");
    else if (key !== "/") return actOnRows(event);
    else if (!focusSearch()) open("palette");
    return true;
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || (event.repeat && !walking.has(event.key))) return;
    if (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey) && !event.altKey) {
      event.preventDefault();
      open("palette");
    } else if (event.metaKey || event.ctrlKey || event.altKey || typing(event.target) || busy()) {
      run.drop();
    } else if (singleKeys.get() && act(event)) event.preventDefault();
  };
  addEventListener("keydown", onKey);
  return () => {
    run.drop();
    removeEventListener("keydown", onKey);
  };
}
