import { lazy, Suspense, useEffect, useSyncExternalStore } from "react";
import { useNavigate } from "react-router";
import { createStore } from "../../lib/store.ts";
import { listenForKeys } from "./keys.ts";

const Palette = lazy(() => import("./palette.tsx"));
const Help = lazy(() => import("./help.tsx"));
const shown = createStore<"palette" | "help" | null>(null);
const close = () => shown.set(null);

export const openPalette = (): void => shown.set("palette");
export const openHelp = (): void => shown.set("help");

/** Where search and help open, by key or button; their code loads with the first opening. */
export function OverlayHost() {
  const overlay = useSyncExternalStore(shown.subscribe, shown.get);
  const navigate = useNavigate();
  useEffect(
    () => listenForKeys({ palette: openPalette, help: openHelp, go: (to) => void navigate(to) }),
    [navigate],
  );
  if (overlay === null) return null;
  return (
    <Suspense fallback={null}>
      {overlay === "palette" ? <Palette onClose={close} onHelp={openHelp} /> : <Help onClose={close} />}
    </Suspense>
  );
}
