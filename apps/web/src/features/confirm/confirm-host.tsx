import { useSyncExternalStore } from "react";
import { lazily } from "../../ui/lazily.tsx";
import { asked } from "./confirm.ts";

const ConfirmDialog = lazily(() => import("./confirm-dialog.tsx"));

/** Where questions appear; rendered once, in the shell. */
export function ConfirmHost() {
  const now = useSyncExternalStore(asked.subscribe, asked.get);
  return now === null ? null : <ConfirmDialog key={now.question.title} asked={now} />;
}
