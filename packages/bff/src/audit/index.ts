export { type Intent, intent, type Outcome } from "@spillway/contract/schemas";
export { problemsOf } from "./copies.ts";
export { exportIncident, exportRecords } from "./exports.ts";
export { facetsOf, matching } from "./filter.ts";
export { exportNdjson } from "./ndjson.ts";
export { resumeAudit } from "./read-back.ts";
export { createAuditSeam, ownIntent, recordFact } from "./seam.ts";
export { isTurnedAway } from "./shelf.ts";
export { AuditStore } from "./store.ts";
