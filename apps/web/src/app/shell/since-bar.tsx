import { useQuery } from "@tanstack/react-query";
import { History, X } from "lucide-react";
import { useLocation } from "react-router";
import { recentMarkersQuery } from "../../features/incidents/recent-markers.ts";
import { FellBackNote } from "../../features/place/fell-back-note.tsx";
import { usePlace } from "../../features/place/use-place.ts";
import { ChangeFigures, KnownBefore, LostWorkers } from "../../features/since/change-figures.tsx";
import { markerWords } from "../../features/since/moments.tsx";
import { NewErrors } from "../../features/since/new-errors.tsx";
import { useChooseSince, useSince, useSinceComplaint } from "../../features/since/use-since.ts";
import { useZoneComplaint } from "../../features/zone/use-zone.ts";
import { shownClock } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { RelativeTime } from "../../ui/relative-time.tsx";
import { useClock } from "../../ui/use-now.ts";
import { openOverlay } from "./overlay-host.tsx";

/** On every screen while a moment is chosen: which, and what changed since, of the queue that is looked at or of all. */
export default function SinceBar() {
  const since = useSince();
  const complaint = [...useSinceComplaint(), ...useZoneComplaint()];
  return (
    <>
      {complaint.length === 0 ? null : (
        <div className="px-4 pt-3 sm:px-6">
          <FellBackNote fellBack={complaint} />
        </div>
      )}
      {since === null ? null : <Since since={since} />}
    </>
  );
}

function Since({ since }: { since: string }) {
  const { queue } = usePlace();
  const scope = queue === "" ? null : queue;
  // The overview's own figures say what they were.
  const overview = useLocation().pathname === paths.overview();
  const choose = useChooseSince();
  return (
    <section
      aria-label="Changes since"
      className="flex items-start gap-x-3 border-b border-line bg-accent-wash px-4 py-1.5 text-xs sm:px-6"
    >
      <History size={14} aria-hidden className="mt-1.5 shrink-0 text-accent" />
      <div className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-4 gap-y-1 py-1">
        <Name since={since} />
        {overview ? null : <ChangeFigures queue={scope} />}
        <LostWorkers queue={scope} since={since} />
        <NewErrors queue={scope} since={since} />
        <KnownBefore queue={scope} />
      </div>
      <Button size="small" tone="quiet" className="max-sm:hidden" onClick={() => openOverlay("since")}>
        Change…
      </Button>
      <IconButton label="Show no changes any more" className="-my-0.5" onClick={() => choose(null)}>
        <X size={14} aria-hidden />
      </IconButton>
    </section>
  );
}

/** `Since 14:01Z, 22 min · deploy: 2.14.0` */
function Name({ since }: { since: string }) {
  const markers = useQuery(recentMarkersQuery()).data?.items ?? [];
  const marker = markers.findLast((one) => one.at === since && one.kind !== "action");
  const time = useClock((now) => shownClock(since, now));
  return (
    <span className="min-w-0">
      <button type="button" className="font-semibold hover:underline" onClick={() => openOverlay("since")}>
        Since {time}
      </button>
      <span className="text-dim">
        , <RelativeTime at={since} suffix="" />
        {marker === undefined ? null : <> · {markerWords(marker)}</>}
      </span>
    </span>
  );
}
