import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { BUNDLE } from "./workspace.ts";

// The build runs in a process of its own, so that none of its memory stays; the bundle then takes over this one, and
// with it the arguments, the signals and the exit code.
const build = spawnSync(process.execPath, [join(import.meta.dirname, "build.ts")], {
  stdio: ["ignore", "inherit", "inherit"],
});
if (build.status === 0) await import(pathToFileURL(BUNDLE).href);
else process.exitCode = build.status ?? 1;
