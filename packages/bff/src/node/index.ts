export { createAuditFile } from "./audit-file.ts";
export { createAuditWebhook } from "./audit-webhook.ts";
export { timesSent } from "./headers-sent.ts";
export { isLinkLocal } from "./link-local.ts";
export { createOperationsFile } from "./operations-file.ts";
export { hashPassword, isPasswordHash, verifyPassword } from "./password-hash.ts";
export { parseNetworks, peerAddress, senderAddress } from "./peer-address.ts";
export { processFigures } from "./process-figures.ts";
export { endsInNewline, readLines } from "./read-lines.ts";
