import type { AuditRecord } from "@spillway/contract/schemas";
import { useEffect, useState } from "react";

interface Arrivals {
  shown: readonly AuditRecord[];
  /** How many came since the reader scrolled away from the top. */
  fresh: number;
  /** Shows them. */
  show: () => void;
}

/** Below this many pixels a reader is no longer at the top. */
const away = 160;

/** At the top new records appear by themselves; further down they wait, so that no row moves while it is read. */
export function useArrivals(records: readonly AuditRecord[]): Arrivals {
  const [held, setHeld] = useState<number | null>(null);
  const newest = records[0]?.seq ?? 0;
  useEffect(() => {
    const onScroll = () => setHeld((now) => (window.scrollY > away ? (now ?? newest) : null));
    addEventListener("scroll", onScroll, { passive: true });
    return () => removeEventListener("scroll", onScroll);
  }, [newest]);
  const shown = held === null ? records : records.filter((record) => record.seq <= held);
  return {
    shown,
    fresh: records.length - shown.length,
    show: () => {
      setHeld(null);
      window.scrollTo({ top: 0 });
    },
  };
}
