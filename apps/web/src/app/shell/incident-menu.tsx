import { ChevronDown, Siren } from "lucide-react";
import { useNavigate } from "react-router";
import type { Incident } from "../../features/incidents/recent-markers.ts";
import { useOpenIncidents } from "../../features/incidents/use-incidents.ts";
import { reason, useCan } from "../../features/session/use-session.ts";
import { useChooseSince, useSince } from "../../features/since/use-since.ts";
import { shownMinute } from "../../lib/format.ts";
import { paths } from "../../lib/paths.ts";
import { cx } from "../../ui/cx.ts";
import { Menu, type MenuEntry } from "../../ui/menu.tsx";
import { openOverlay } from "./overlay-host.tsx";

/** The incident that is open, if one is, and what can be done about it. On phones it shows only while one is. */
export default function IncidentMenu() {
  const [open, ...others] = useOpenIncidents();
  const entries = useEntries(open, others);
  return (
    <span
      className={cx(
        // A long title gives way to what stands beside it.
        "flex min-w-0 shrink [&_button]:min-w-0 [&_button]:shrink",
        open === undefined && "max-sm:hidden",
      )}
    >
      <Menu
        label={
          open === undefined ? "No incident is open" : `Incident ${open.incident} is open: ${open.title}`
        }
        trigger={
          <span
            className={cx(
              "inline-flex min-w-0 items-center gap-1.5",
              open !== undefined && "font-semibold text-failed",
            )}
            data-tip={open === undefined ? undefined : `${open.title}, since ${shownMinute(open.at)}`}
          >
            <Siren size={14} aria-hidden className="shrink-0" />
            <span className={cx("max-w-36 truncate", open === undefined && "max-xl:sr-only")}>
              {open?.incident ?? "No incident"}
            </span>
            {open === undefined ? null : (
              <span className="max-w-44 truncate font-normal text-text max-xl:hidden">{open.title}</span>
            )}
            <ChevronDown size={12} aria-hidden className="shrink-0" />
          </span>
        }
        entries={entries}
      />
    </span>
  );
}

const end = async (incident: Incident): Promise<void> =>
  (await import("../../features/incidents/end-incident.ts")).endIncident(incident);

function useEntries(open: Incident | undefined, others: readonly Incident[]): MenuEntry[] {
  const can = useCan();
  const navigate = useNavigate();
  const since = useSince();
  const choose = useChooseSince();
  // Everybody sees an incident and bears its id: it concerns all queues.
  const why = reason(can("marker.create", null));
  const story = ({ incident, id }: Incident): MenuEntry => ({
    key: `story ${id}`,
    text: `Timeline of ${incident}`,
    onPick: () => void navigate(paths.incident(incident)),
  });
  return [
    ...(open === undefined
      ? []
      : [
          {
            key: "since",
            text: `Show everything since its start, ${shownMinute(open.at)}`,
            current: since === open.at,
            onPick: () => choose(open.at),
          },
          story(open),
          { key: "note", text: "Add a note…", disabledReason: why, onPick: () => openOverlay("note") },
          {
            key: "end",
            text: `End ${open.incident}…`,
            disabledReason: reason(can("marker.create", open.queue === null ? null : undefined)),
            onPick: () => void end(open),
          },
        ]),
    ...others.map(story),
    {
      key: "open",
      text: open === undefined ? "Open an incident…" : "Open another incident…",
      disabledReason: why,
      onPick: () => openOverlay("incident"),
    },
    { key: "moment", text: "Show changes since…", onPick: () => openOverlay("since") },
  ];
}
