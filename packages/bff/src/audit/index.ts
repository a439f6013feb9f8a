export { type Intent, intent, type Outcome } from "./entry.ts";
export { exportIncident, exportRecords } from "./exports.ts";
export { facetsOf, matching } from "./filter.ts";
export { resumeAudit } from "./read-back.ts";
export { createAuditSeam, ownIntent, recordFact } from "./seam.ts";
export { AuditStore } from "./store.ts";
