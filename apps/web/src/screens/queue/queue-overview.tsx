import type { LoaderFunctionArgs } from "react-router";
import { load, useLoaded } from "../../api/load.ts";
import { queueQuery } from "../../api/queries.ts";
import { usePlace } from "../../features/place/use-place.ts";
import { placeOf } from "../../lib/paths.ts";
import { QueueStats } from "./queue-stats.tsx";

export const loader = ({ request }: LoaderFunctionArgs) => load(queueQuery(placeOf(request).queue));

export function Component() {
  const queue = useLoaded(queueQuery(usePlace().queue));
  return <QueueStats queue={queue} />;
}
