/** What `ui/table.tsx` and lists like it put on each row that the keys walk over. */
const rows = (): HTMLElement[] =>
  Array.from(document.querySelectorAll<HTMLElement>("main [data-row]")).filter((row) =>
    row.checkVisibility(),
  );

/** Where the focus of a row lands: its link, so that Enter opens it. */
const landing = (row: Element): HTMLElement | null => row.querySelector<HTMLElement>("a, button");

const rowInFocus = (): HTMLElement | null =>
  document.activeElement?.closest<HTMLElement>("[data-row]") ?? null;

/** From row to row, past those that lead nowhere; from outside to the first, or back to the last that is in sight. */
function step(by: 1 | -1): boolean {
  const all = rows().filter((row) => landing(row) !== null);
  const from = rowInFocus();
  const now = from === null ? -1 : all.indexOf(from);
  const next = now === -1 ? all[by === 1 ? 0 : all.length - 1] : all[now + by];
  if (next === undefined) return all.length > 0;
  landing(next)?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return true;
}

/** Selects the row in focus or takes it out again; with shift, all from the one selected last. */
function select(shiftKey: boolean): boolean {
  const box = rowInFocus()?.querySelector("input[type=checkbox]");
  box?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey }));
  return box !== null && box !== undefined;
}

/** To what can be done with the rows that are selected. */
function goToBar(): boolean {
  const bar = document.querySelector("main [data-clears-selection]")?.closest("section");
  bar?.querySelector("button")?.focus();
  return bar !== null && bar !== undefined;
}

/** First what is selected, then the place in the list. */
function leave(): boolean {
  const clear = document.querySelector<HTMLElement>("main [data-clears-selection]");
  if (clear !== null) clear.click();
  else if (rowInFocus() !== null && document.activeElement instanceof HTMLElement)
    document.activeElement.blur();
  else return false;
  return true;
}

/** Keys of lists: j and k walk, x selects, a goes to what can be done then, Esc leaves. True if the key did something. */
export function actOnRows({ key, shiftKey }: KeyboardEvent): boolean {
  if (key === "j") return step(1);
  if (key === "k") return step(-1);
  if (key === "x" || key === "X") return select(shiftKey);
  if (key === "a") return goToBar();
  return key === "Escape" && leave();
}
