import { useSyncExternalStore } from "react";
import { sessionEnd } from "../../api/ended.ts";
import { lazily } from "../../ui/lazily.tsx";

const Ended = lazily(() => import("./ended.tsx"));

/** What is said when whoever looks isn't known any more. */
export function EndedHost() {
  const end = useSyncExternalStore(sessionEnd.subscribe, sessionEnd.get);
  return end === null ? null : <Ended />;
}
