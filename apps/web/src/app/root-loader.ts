import { type LoaderFunctionArgs, redirect } from "react-router";
import { ApiError } from "../api/api-error.ts";
import { load, loadBehind } from "../api/load.ts";
import { openOperationsQuery, overviewQuery, sessionQuery } from "../api/queries.ts";
import { queryClient } from "../api/query-client.ts";
import { recentMarkersQuery } from "../features/incidents/recent-markers.ts";
import { mountPath, paths } from "../lib/paths.ts";
import { setClockSkew } from "../ui/use-now.ts";

/** Who I am, before anything is shown; what needs attention, what runs and what happened come behind. Who isn't known is led to the login. */
export async function rootLoader({ request }: LoaderFunctionArgs): Promise<Response | null> {
  try {
    await load(sessionQuery());
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "unauthenticated") throw error;
    const { pathname, search } = new URL(request.url);
    return redirect(paths.login(`/${pathname.slice(mountPath().length)}${search}`));
  }
  const session = queryClient.getQueryState(sessionQuery().queryKey);
  if (session?.data !== undefined) setClockSkew(Date.parse(session.data.server.time) - session.dataUpdatedAt);
  return loadBehind(overviewQuery(), openOperationsQuery(), recentMarkersQuery());
}
