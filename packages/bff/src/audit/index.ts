export { type ChainCheck, checkChain } from "./chain.ts";
export type { ChainEntry, Intent, Outcome } from "./entry.ts";
export { type ExportFormat, exportRecords } from "./exports.ts";
export { type AuditFilter, facetsOf, matching } from "./filter.ts";
export { resumeAudit } from "./read-back.ts";
export { createAuditSeam } from "./seam.ts";
export { AuditStore } from "./store.ts";
