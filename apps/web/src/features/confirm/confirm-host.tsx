import { lazy, Suspense, useSyncExternalStore } from "react";
import { asked } from "./confirm.ts";

const ConfirmDialog = lazy(() => import("./confirm-dialog.tsx"));

/** Where questions appear; rendered once, in the shell. */
export function ConfirmHost() {
  const now = useSyncExternalStore(asked.subscribe, asked.get);
  return now === null ? null : (
    <Suspense fallback={null}>
      <ConfirmDialog asked={now} />
    </Suspense>
  );
}
