/**
 * Gives an address that was opened by itself an entry of its own, as one that was navigated to has: the router calls all of
 * those one, and would scroll each to where the last of them was left. Loaded anew, or come back to, it is still the same.
 */
export function nameEntry(history: Pick<History, "state" | "replaceState">): void {
  const state: unknown = history.state;
  const known = typeof state === "object" && state !== null ? state : {};
  if ("key" in known && typeof known.key === "string") return;
  history.replaceState({ ...known, key: Math.random().toString(36).slice(2, 10) }, "");
}
