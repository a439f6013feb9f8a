import { lazy, Suspense, useEffect, useSyncExternalStore } from "react";
import { createStore } from "../../lib/store.ts";

const Palette = lazy(() => import("./palette.tsx"));
const open = createStore(false);

export const openPalette = (): void => open.set(true);

/** Opens on ⌘K, Ctrl+K or `/`; its code loads with the first opening. */
export function PaletteHost() {
  const shown = useSyncExternalStore(open.subscribe, open.get);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof Element && event.target.matches("input, textarea, select, [contenteditable]");
      const asked =
        (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey)) ||
        (event.key === "/" && !typing);
      if (!asked) return;
      event.preventDefault();
      open.set(true);
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  return shown ? (
    <Suspense fallback={null}>
      <Palette onClose={() => open.set(false)} />
    </Suspense>
  ) : null;
}
