import { useLocation, useNavigate, useSearchParams } from "react-router";
import type { FellBack } from "../../lib/url-state.ts";
import { isZone, zoneHere } from "../../lib/zone.ts";
import type { MenuEntry } from "../../ui/menu.tsx";

/** The zone in a query that times are shown in; null for UTC. By its name, so that whoever opens the link reads the same. */
export function zoneIn(query: URLSearchParams): string | null {
  const zone = query.get("tz") ?? "";
  return zone === "" || zone === "UTC" || !isZone(zone) ? null : zone;
}

export function useZone(): string | null {
  const [query] = useSearchParams();
  return zoneIn(query);
}

/** What stands in the address for it and is no zone. */
export function useZoneComplaint(): FellBack[] {
  const [query] = useSearchParams();
  const text = query.get("tz") ?? "";
  return text === "" || isZone(text) ? [] : [{ field: "tz", text }];
}

/** UTC, as the reader's clock, or as a link said. */
export function useZoneEntries(): MenuEntry[] {
  const zone = useZone();
  const { search } = useLocation();
  const navigate = useNavigate();
  const here = zoneHere();
  const entry = (one: string | null, text: string, off: string | null = null): MenuEntry => ({
    key: text,
    text,
    current: zone === one,
    disabledReason: off,
    onPick() {
      const query = new URLSearchParams(search);
      query.set("tz", one ?? "");
      void navigate(`?${query}`, { preventScrollReset: true });
    },
  });
  const isUtc = here === "UTC" || here === "Etc/UTC";
  return [
    entry(null, "Times in UTC"),
    entry(here, `Times as here, ${here}`, isUtc ? "Your clock shows UTC." : null),
    ...(zone === null || zone === here ? [] : [entry(zone, `Times in ${zone}`)]),
  ];
}
