import type { AuditRecord, Marker } from "@spillway/contract/schemas";
import { REFUSED_ACTION } from "@spillway/contract/table";
import type { JobRef, QueueEngine } from "@spillway/engine";
import { type AuditStore, isTurnedAway } from "../audit/index.ts";
import { ProblemError } from "../http/problem.ts";
import { LEAD_MS } from "../metrics/index.ts";
import { noOperation, noSelection, type Operations, type Selections } from "../operations/index.ts";
import type { Wanted } from "../operations/selections/selections.ts";
import type { MarkerQuery, MarkerStore, Sampler } from "../seams.ts";
import { replaced } from "./replaced.ts";

/** Whether a queue is shown. */
export type Sees = (queue: string) => boolean;

/**
 * What names queues though it is of none: the path of a request from elsewhere, the settings the console was started with, and
 * what somebody looked for in the audit.
 */
const NAMING_QUEUES: readonly string[] = [REFUSED_ACTION, "console.started", "audit.export"];

export function showsRecord(
  sees: Sees,
  { queue, action, details }: Pick<AuditRecord, "queue" | "action" | "details">,
): boolean {
  if (queue !== null) return sees(queue);
  // A finding that was over when somebody said to be on it is of no queue any more, and yet its id names one.
  const finding = typeof details.trouble_id === "string" ? details.trouble_id : "";
  const [, ...named] = finding.split(":");
  return !NAMING_QUEUES.includes(action) && (named.length === 0 || sees(named.join(":")));
}

/** A deploy that nobody told of was seen on workers, of whichever queues: each view sees its own. */
export function showsMarker(
  sees: Sees,
  { queue, kind, actor }: Pick<Marker, "queue" | "kind" | "actor">,
): boolean {
  if (kind === "deploy" && actor === null) return false;
  return queue === null || sees(queue);
}

export function narrowAudit(audit: AuditStore, sees: Sees): AuditStore {
  const shown = (record: AuditRecord) => showsRecord(sees, record);
  const newestFirst = () => audit.newestFirst().filter(shown);
  return replaced(audit, {
    newestFirst,
    records: () => Iterator.from(audit.records()).filter(shown),
    get(id) {
      const record = audit.get(id);
      return record && shown(record) ? record : undefined;
    },
    holds() {
      const holds = audit.holds();
      const records = newestFirst();
      const size = records.filter((record) => !isTurnedAway(record)).length;
      return { ...holds, size, denied: { ...holds.denied, size: records.length - size } };
    },
  });
}

/** `deploys`: those that the view itself saw. */
export function narrowMarkers(markers: MarkerStore, deploys: MarkerStore, sees: Sees): MarkerStore {
  const shown = (marker: Marker) => showsMarker(sees, marker);
  /** What may have caused or ended an incident is told by when it was. */
  const around = ({ incident: id, ...query }: MarkerQuery): MarkerQuery | null => {
    if (id === undefined) return query;
    const incident = markers.incident(id);
    if (incident === null || !shown(incident)) return null;
    const to = incident.until === null ? undefined : Date.parse(incident.until);
    return { ...query, from: Date.parse(incident.at) - LEAD_MS, to };
  };
  return replaced(markers, {
    list(query) {
      const own = around(query);
      const all = [...markers.list(query).filter(shown), ...(own === null ? [] : deploys.list(own))];
      return all.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    },
    note(id) {
      const note = markers.note(id);
      return note !== null && shown(note) ? note : null;
    },
    incident(id) {
      const marker = markers.incident(id);
      if (marker === null || shown(marker)) return marker;
      throw new ProblemError("not_found", `There is no incident ${JSON.stringify(id)}.`);
    },
  });
}

export function narrowOperations(operations: Operations, sees: Sees): Operations {
  const find = (id: string) => {
    const operation = operations.find(id);
    return operation !== null && sees(operation.order.queue) ? operation : null;
  };
  const get = (id: string) => {
    const operation = find(id);
    if (operation === null) throw noOperation(id);
    return operation;
  };
  return replaced(operations, {
    find,
    get,
    list: (query) => operations.list(query, sees),
    outcomes: (id, query) => operations.outcomes(get(id).id, query),
  });
}

export function narrowSelections(selections: Selections, sees: Sees): Selections {
  /** Throws as for a token that there is not. */
  const check = ({ input }: Wanted): void => {
    if ("token" in input && !sees(selections.queueOf(input.token))) throw noSelection();
  };
  return replaced(selections, {
    async preview(wanted) {
      check(wanted);
      return selections.preview(wanted);
    },
    async whole(wanted) {
      check(wanted);
      return selections.whole(wanted);
    },
    async goOn(token) {
      if (sees(selections.queueOf(token))) return selections.goOn(token);
      throw noSelection();
    },
  });
}

/** Reads of one queue are refused before they come here; this is what tells of several. */
export function narrowEngine(
  engine: QueueEngine,
  sees: Sees,
  sampler: Pick<Sampler, "snapshot">,
): QueueEngine {
  const shown = ({ queue }: JobRef) => sees(queue);
  return replaced(engine, {
    async job(...asked) {
      const record = await engine.job(...asked);
      if (record === null) return null;
      const { parent, children } = record;
      return {
        ...record,
        parent: parent !== null && shown(parent) ? parent : null,
        children: children.filter(shown),
      };
    },
    async findJob(id) {
      const found = await engine.findJob(id);
      const queues = sampler.snapshot()?.queues.length ?? 0;
      return { ...found, rows: found.rows.filter(({ queue }) => sees(queue)), queues };
    },
  });
}
