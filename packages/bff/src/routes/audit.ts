import { exportIncident, exportNdjson, exportRecords, facetsOf, matching } from "../audit/index.ts";
import { downloadReply } from "../downloads/download.ts";
import type { Handlers } from "../http/handlers.ts";
import { ProblemError } from "../http/problem.ts";
import type { Room } from "./room.ts";

export function auditRoutes({
  audit,
  markers,
  operations,
  clock,
  sha256,
}: Room): Pick<Handlers, "listAudit" | "getAuditRecord" | "exportAudit"> {
  /** One record of a bulk operation stands for all of its jobs. */
  const withOperations = async <F extends { job_id?: string | undefined; queue?: string | undefined }>(
    filter: F,
  ) =>
    filter.job_id === undefined
      ? filter
      : { ...filter, operations: await operations.touching(filter.job_id, filter.queue) };

  return {
    async listAudit({ query: { limit, before, ...query } }) {
      const filter = await withOperations(query);
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

    async exportAudit({ query: { format, ...query } }) {
      const { incident } = query;
      const filter = await withOperations(query);
      const records = matching(audit.records(), filter);
      const isStory = format === "markdown" && incident !== undefined;
      const file = isStory
        ? exportIncident(incident, records, markers.list({ incident }))
        : format === "ndjson"
          ? exportNdjson(records, { audit, sha256, now: clock.now() })
          : exportRecords(records, format);
      return downloadReply(file, ["audit"], clock.now());
    },
  };
}
