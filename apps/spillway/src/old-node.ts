import { isOlderNode } from "./node-version.ts";

/** As with a setting that is wrong. */
const EXIT_CONFIG = 78;

// Imported before all else: what comes next is not even understood by an older one.
if (isOlderNode("22.0.0")) {
  process.stderr.write(`Spillway needs Node 22 or later; this is ${process.versions.node}.\n`);
  process.exit(EXIT_CONFIG);
}
