import type { JobState } from "@spillway/contract/schemas";
import { byPattern, firstKey } from "../../features/breakdown/breakdown-keys.ts";
import type { Asked } from "../../features/breakdown/breakdown-panel.tsx";
import { patternField, textField, type UrlValue, urlState } from "../../lib/url-state.ts";

/** The states whose jobs are broken down on a queue's first page. */
export const brokenDown = ["active", "failed", "waiting"] as const satisfies readonly JobState[];
export type BrokenDown = (typeof brokenDown)[number];

const fields = {
  active_by: patternField(byPattern, firstKey("active")),
  failed_by: patternField(byPattern, firstKey("failed")),
  waiting_by: patternField(byPattern, firstKey("waiting")),
  /** The group whose samples are shown, after its state: `active:mail.send`. */
  open: textField(320),
};
export const overviewSearch = urlState(fields);
export type OverviewSearch = UrlValue<typeof fields>;

/** What the address asks of one state. */
export function askedOf(queue: string, state: BrokenDown, search: OverviewSearch): Asked {
  const mark = `${state}:`;
  return {
    queue,
    state,
    by: search[`${state}_by`],
    open: search.open.startsWith(mark) ? search.open.slice(mark.length) : "",
  };
}

/** The address for another key or group of one state. */
export const nextOf = (
  state: BrokenDown,
  { by, open }: { by?: string; open?: string },
): Partial<OverviewSearch> => ({
  ...(by === undefined ? {} : { [`${state}_by`]: by }),
  ...(open === undefined ? {} : { open: open === "" ? "" : `${state}:${open}` }),
});
