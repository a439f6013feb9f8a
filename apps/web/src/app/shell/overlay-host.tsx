import { type ComponentType, useLayoutEffect, useSyncExternalStore } from "react";
import { useNavigate } from "react-router";
import { createStore } from "../../lib/store.ts";
import { lazily } from "../../ui/lazily.tsx";
import { listenForKeys } from "./keys.ts";

interface OverlayProps {
  onClose: () => void;
}

const overlays = {
  palette: lazily(() => import("./palette.tsx")),
  help: lazily(() => import("./help.tsx")),
  incident: lazily(() => import("../../features/incidents/open-incident-dialog.tsx")),
  note: lazily(() => import("../../features/incidents/note-dialog.tsx")),
  since: lazily(() => import("../../features/since/since-dialog.tsx")),
} satisfies Record<string, ComponentType<OverlayProps>>;
export type Overlay = keyof typeof overlays;

const shown = createStore<Overlay | null>(null);
const close = () => shown.set(null);

export const openOverlay = (overlay: Overlay): void => shown.set(overlay);

/** Where search, help and what all screens share open, by key or button; their code loads with the first opening. */
export function OverlayHost() {
  const overlay = useSyncExternalStore(shown.subscribe, shown.get);
  const navigate = useNavigate();
  // With the first picture: a key pressed at its sight would be lost on an effect that comes after it.
  useLayoutEffect(() => listenForKeys({ open: openOverlay, go: (to) => void navigate(to) }), [navigate]);
  if (overlay === null) return null;
  const Shown = overlays[overlay];
  return <Shown onClose={close} />;
}
