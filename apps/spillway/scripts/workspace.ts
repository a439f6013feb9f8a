import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "../../..");
export const WEB = join(ROOT, "apps/web");
export const SPILLWAY = join(ROOT, "apps/spillway");
export const SITE = join(WEB, "dist");
export const BUNDLE = join(SPILLWAY, "dist/spillway.js");
