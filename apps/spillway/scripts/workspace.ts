import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "../../..");
export const WEB = join(ROOT, "apps/web");
export const SPILLWAY = join(ROOT, "apps/spillway");
export const SITE = join(WEB, "dist");
export const DIST = join(SPILLWAY, "dist");
export const BUNDLE = join(DIST, "spillway.js");
/** The screens beside the bundle, as they are packed. */
export const PACKED_SITE = join(DIST, "site");
