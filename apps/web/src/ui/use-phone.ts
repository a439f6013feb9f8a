import { useSyncExternalStore } from "react";

/** Below the width that the styles call `sm`. */
const phone = matchMedia("(width < 640px)");

function subscribe(listener: () => void): () => void {
  phone.addEventListener("change", listener);
  return () => phone.removeEventListener("change", listener);
}

/** For what is decided once. */
export const isPhone = (): boolean => phone.matches;

/** Whether there is no more room than on a phone: for what would else be rendered twice, once to be hidden. */
export const usePhone = (): boolean => useSyncExternalStore(subscribe, () => phone.matches);
