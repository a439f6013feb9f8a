export { createAuditFile } from "./audit-file.ts";
export { createAuditWebhook } from "./audit-webhook.ts";
export { isLinkLocal } from "./link-local.ts";
export { createOperationsFile } from "./operations-file.ts";
export { peerAddress } from "./peer-address.ts";
export { endsInNewline, readLines } from "./read-lines.ts";
