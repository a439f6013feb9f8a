import { load, loadBehind } from "../api/load.ts";
import { openOperationsQuery, overviewQuery, sessionQuery } from "../api/queries.ts";
import { queryClient } from "../api/query-client.ts";
import { setClockSkew } from "../ui/use-now.ts";

/** Who I am, before anything is shown; what needs attention and what runs come behind. */
export async function rootLoader(): Promise<null> {
  loadBehind(overviewQuery(), openOperationsQuery());
  await load(sessionQuery());
  const session = queryClient.getQueryState(sessionQuery().queryKey);
  if (session?.data !== undefined) setClockSkew(Date.parse(session.data.server.time) - session.dataUpdatedAt);
  return null;
}
