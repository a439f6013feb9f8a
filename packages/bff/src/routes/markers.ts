import type { Marker } from "@spillway/contract/schemas";
import type { Command } from "../commands/index.ts";
import type { Handlers, WriteAsk } from "../http/handlers.ts";
import { invalid, ProblemError } from "../http/problem.ts";
import { iso } from "../metrics/wire-time.ts";
import type { MarkerStore } from "../seams.ts";
import type { Room } from "./room.ts";

export function markerRoutes(room: Room): Pick<Handlers, "listMarkers" | "createMarker" | "withdrawMarker"> {
  const { markers, clock } = room;
  return {
    listMarkers({ query: { from, to, ...query } }) {
      const items = markers.list({ from: epoch(from), to: epoch(to), ...query });
      return {
        kind: "page",
        items,
        page: 1,
        size: items.length,
        total: items.length,
        as_of: iso(clock.now()),
      };
    },
    createMarker: ({ body, actor }) => setMarker(room, body, actor.name),
    withdrawMarker: ({ params, actor }) => withdrawNote(room, params.marker_id, actor.name),
  };
}

type Body = WriteAsk<"createMarker">["body"];

/** A deploy, a note, or an incident: opened, or changed and ended where its id is known. */
function setMarker(
  { markers, clock, redactor }: Room,
  body: Body,
  by: string,
): Command<Pick<Marker, "id" | "incident">> {
  const { title, kind, queue, link } = redactor.deep(body);
  const incident =
    idOf(redactor.deep(body.incident)) ?? (kind === "incident" ? freshId(markers, clock.now()) : null);
  const known = kind === "incident" && incident !== null ? markers.incident(incident) : null;
  if (known !== null && queue !== undefined && queue !== known.queue)
    throw invalid(
      "queue",
      `${incident} is of ${known.queue ?? "all queues"} and stays there; leave this out.`,
    );
  const at = epoch(body.at) ?? epoch(known?.at) ?? clock.now();
  const until = epoch(body.until);
  if (until !== undefined && until < at) throw invalid("until", "Must not be before at.");
  const told = {
    title,
    kind,
    at: iso(at),
    until: until === undefined ? null : iso(until),
    ...(link !== undefined && { link }),
  };
  const place = queue === undefined ? {} : { queue };
  return {
    queue: queue ?? known?.queue ?? null,
    jobId: null,
    incident,
    details: told,
    async act(notes, auditId) {
      const first = known === null ? { actor: by, audit_id: auditId } : {};
      const { id } = markers.add({ ...told, ...place, incident, ...first });
      notes.marker_id = id;
      return { affected: 1, reply: { id, incident } };
    },
  };
}

/** What somebody wrote by mistake need not stand on everybody's charts. Its record stays, and says who took it back. */
function withdrawNote({ markers, audit, clock }: Room, id: string, by: string): Command<object> {
  const note = markers.note(id);
  return {
    queue: note?.queue ?? null,
    jobId: null,
    incident: note?.incident ?? null,
    details: { marker_id: id, ...(note !== null && { kind: note.kind, title: note.title }) },
    async act(_notes, auditId) {
      const standing = markers.note(id);
      if (standing === null) throw new ProblemError("not_found", "There is no such note, or none any more.");
      markers.withdraw(standing);
      const withdrawn = { by, at: iso(clock.now()), audit_id: auditId };
      const made = standing.audit_id === null ? undefined : audit.get(standing.audit_id);
      if (made !== undefined)
        await audit.complete(made.id, "resolution", {
          status: "success",
          affected: made.affected,
          skipped: made.skipped,
          failed: made.failed,
          error: null,
          details: { withdrawn },
        });
      return { affected: 1, reply: {} };
    },
  };
}

/** Blanks name no incident. */
function idOf(text: string | undefined): string | null {
  return text?.trim() || null;
}

/** `INC-1123-1402`, by the minute it is opened in: short enough to be read whole wherever it stands. */
function freshId(markers: MarkerStore, now: number): string {
  const [date = "", time = ""] = iso(now).replaceAll(/[-:]/g, "").split("T");
  const name = `INC-${date.slice(4)}-${time.slice(0, 4)}`;
  let id = name;
  for (let n = 2; markers.isTaken(id); n++) id = `${name}-${n}`;
  return id;
}

function epoch(time: string | undefined): number | undefined {
  return time === undefined ? undefined : Date.parse(time);
}
