import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { BUNDLE, SPILLWAY } from "./workspace.ts";

const NEEDS_NO_BUILD = new Set(["--help", "-h", "--version", "-v"]);
const run = (file: string) => import(pathToFileURL(file).href);

// The build runs in a process of its own, so that none of its memory stays; the bundle then takes over this one, and
// with it the arguments, the signals and the exit code.
if (process.argv.some((arg) => NEEDS_NO_BUILD.has(arg))) {
  await run(join(SPILLWAY, "src/main.ts"));
} else {
  const build = spawnSync(process.execPath, [join(import.meta.dirname, "build.ts")], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (build.status === 0) await run(BUNDLE);
  else process.exitCode = build.status ?? 1;
}
