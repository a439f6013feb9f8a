import type { Session } from "@spillway/contract/schemas";
import { load } from "../../api/load.ts";
import { historyQuery, sessionQuery } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { askFor, trendAsk, type Window } from "./horizons.ts";

/** The options the loader and the view share: the window itself, and what judges the present. */
export const windowQuery = (window: Window, session: Session) =>
  historyQuery(askFor(window, session.retention.metrics));
export const trendQuery = (queue: string | null, since: string | null) =>
  historyQuery(trendAsk(queue, since));

/** For the loader of a screen with these charts. */
export async function loadHistory(window: Window, since: string | null): Promise<null> {
  const session = await queryClient.ensureQueryData(sessionQuery());
  return load(windowQuery(window, session), trendQuery(window.queue, since));
}
