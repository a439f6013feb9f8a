import { loadAhead } from "../lib/code.ts";

/** What answers a press in an incident: here before the network goes. */
const soon = [
  () => import("../ui/menu-popup.tsx"),
  () => import("../ui/dialog-frame.tsx"),
  () => import("../features/confirm/confirm-dialog.tsx"),
  () => import("../features/start-operation/start-dialog.tsx"),
];
const afterFirstScreen = 3_000;

/** Loads them once the first screen has had its turn; returns how not to. */
export function loadSoon(): () => void {
  const timer = setTimeout(() => soon.forEach(loadAhead), afterFirstScreen);
  return () => clearTimeout(timer);
}
