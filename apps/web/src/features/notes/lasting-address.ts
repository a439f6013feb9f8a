import { useEffect, useEffectEvent } from "react";
import { serverNow } from "../../ui/use-now.ts";

let ofScreen: (() => string) | null = null;

/** A range without an end becomes one that ends now: whoever opens the address later sees what was seen. */
function closedRange(address: string): string {
  const url = new URL(address);
  if (url.searchParams.has("from") && !url.searchParams.has("to"))
    url.searchParams.set("to", new Date(serverNow()).toISOString());
  return url.href;
}

/** The address of what is on screen now, for notes and links that are kept: it holds no time that moves. */
export const lastingAddress = (): string => ofScreen?.() ?? closedRange(location.href);

/** For a screen whose address means a time that moves: how to write what it shows now. */
export function useLastingAddress(address: () => string): void {
  const now = useEffectEvent(address);
  useEffect(() => {
    ofScreen = () => now();
    return () => {
      ofScreen = null;
    };
  }, []);
}
