export { canonicalJson } from "./canonical.ts";
export { ALTERED, GENESIS, hashOf, type Sha256, whyUnlinked } from "./chain.ts";
export { digestOf, type ExportedRecord, type ExportSeal, type SealAlone, sealHash } from "./export.ts";
export { type Between, happenedAt, noticedBetween } from "./noticed.ts";
export { applyEntry } from "./project.ts";
export { sha256 } from "./sha256.ts";
export { isIntact, type Verdict, verdictWords } from "./verdict.ts";
export { createVerifier } from "./verify.ts";
