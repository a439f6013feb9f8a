import {
  type AuditFilter,
  exportIncident,
  exportNdjson,
  exportRecords,
  facetsOf,
  matching,
  recordsAsOf,
} from "../audit/index.ts";
import type { Handlers } from "../http/handlers.ts";
import { ProblemError } from "../http/problem.ts";
import { LEAD_MS } from "../metrics/index.ts";
import type { Room } from "./room.ts";
import { sendOnRecord } from "./send-on-record.ts";

export function auditRoutes(room: Room): Pick<Handlers, "listAudit" | "getAuditRecord" | "exportAudit"> {
  const { audit, markers, operations, clock, sha256 } = room;
  /** One record of a bulk operation stands for all of its jobs. */
  const withOperations = async (filter: AuditFilter): Promise<AuditFilter> =>
    filter.job_id === undefined
      ? filter
      : { ...filter, operations: await operations.touching(filter.job_id, filter.queue) };
  const widened = (filter: AuditFilter) => withOperations({ ...filter, noticed: spanOf(filter.incident) });

  /** As of deploys, what was noticed shortly before an incident may be its cause. */
  function spanOf(incident: string | undefined): AuditFilter["noticed"] {
    if (incident === undefined) return undefined;
    const marker = markers.list({ kind: "incident", incident }).find((one) => one.incident === incident);
    if (marker === undefined) return undefined;
    const { at, until, queue } = marker;
    const to = until === null ? Number.POSITIVE_INFINITY : Date.parse(until);
    return { from: Date.parse(at) - LEAD_MS, to, queue };
  }

  return {
    async listAudit({ query: { limit, before, ...query } }) {
      const filter = await widened(query);
      const matched = matching(audit.newestFirst(), filter);
      const items = before === undefined ? matched : matched.filter(({ seq }) => seq < before);
      return {
        items: items.slice(0, limit),
        total_matching: matched.length,
        facets: facetsOf(audit.records(), filter),
        holds: audit.holds(),
        chain: audit.chain(),
      };
    },

    getAuditRecord({ params }) {
      const record = audit.get(params.audit_id);
      if (record) return record;
      const { since, evicted, source } = audit.holds();
      const where =
        source === "file" ? "Older records are in the audit file." : "Older records were not kept.";
      throw new ProblemError(
        "not_found",
        `No record ${params.audit_id} is held here. This process holds records since ${since} (${evicted} evicted). ${where}`,
      );
    },

    /** All that was on record until it was asked for: neither itself nor what is done meanwhile. */
    exportAudit(ask) {
      const { format, reason: _, for_incident: _incident, ...query } = ask.query;
      return sendOnRecord(room, ask, ["audit"], async () => {
        const { incident } = query;
        const filter = await widened(query);
        const head = audit.headBefore(ask.licence.id);
        const records = matching(recordsAsOf(audit, head), filter);
        if (format === "ndjson") return exportNdjson(records, { audit, head, sha256, now: clock.now() });
        const isStory = format === "markdown" && incident !== undefined;
        return isStory
          ? exportIncident(incident, records, markers.list({ incident }))
          : exportRecords(records, format);
      });
    },
  };
}
