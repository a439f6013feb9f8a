import { useQuery } from "@tanstack/react-query";
import { useClock } from "../../ui/use-now.ts";
import { type Incident, openIncidents, recentMarkersQuery } from "./recent-markers.ts";

/** The incidents that are open, the latest first. */
export function useOpenIncidents(): Incident[] {
  const markers = useQuery(recentMarkersQuery()).data?.items ?? [];
  const ids = useClock((now) =>
    openIncidents(markers, now)
      .map((one) => one.id)
      .join(" "),
  ).split(" ");
  return openIncidents(markers, Number.NEGATIVE_INFINITY).filter((one) => ids.includes(one.id));
}
