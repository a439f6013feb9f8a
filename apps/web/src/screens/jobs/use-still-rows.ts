import { useState } from "react";
import { allOf, arrived, type JobPage, type Shown, settled } from "./still-rows.ts";

interface StillRows {
  rows: Shown["rows"];
  /** How many came that are not shown. */
  arrived: number;
  /** Shows them. */
  show: () => void;
}

const none: Shown["rows"] = [];

/** The rows of a page that is read again and again. While `still`, none of them moves by itself. */
export function useStillRows(page: JobPage | null, still: boolean): StillRows {
  const [kept, keep] = useState<{ page: JobPage; shown: Shown } | null>(null);
  if (page !== null && page !== kept?.page) {
    const same = still && kept !== null && kept.page.page === page.page && kept.page.size === page.size;
    keep({ page, shown: same ? settled(kept.shown, page) : allOf(page) });
  }
  // What was kept is forgotten, so that the page as it is then is shown.
  const show = () => keep(null);
  if (page === null || kept === null) return { rows: page?.items ?? none, arrived: 0, show };
  return { rows: kept.shown.rows, arrived: arrived(kept.shown, kept.page), show };
}
