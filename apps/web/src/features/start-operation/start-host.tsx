import { lazy, Suspense, useSyncExternalStore } from "react";
import { starting } from "./start.ts";

const StartDialog = lazy(() => import("./start-dialog.tsx"));

/** Where what acts on many jobs is begun; rendered once, in the shell. Its code loads with the first one. */
export function StartHost() {
  const now = useSyncExternalStore(starting.subscribe, starting.get);
  return now === null ? null : (
    <Suspense fallback={null}>
      <StartDialog starting={now} />
    </Suspense>
  );
}
