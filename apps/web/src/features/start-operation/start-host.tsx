import { useSyncExternalStore } from "react";
import { lazily } from "../../ui/lazily.tsx";
import { starting } from "./start.ts";

const StartDialog = lazily(() => import("./start-dialog.tsx"));

/** Where what acts on many jobs is begun; rendered once, in the shell. Its code loads with the first one. */
export function StartHost() {
  const now = useSyncExternalStore(starting.subscribe, starting.get);
  return now === null ? null : <StartDialog starting={now} />;
}
