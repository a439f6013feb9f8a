import { findProgram } from "./find-program.ts";

/** The headless shell is the same engine without the windows nobody sees: it costs about half. */
const NAMES = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
];

/** Where Chromium is: the env `CHROMIUM`, else the PATH; null where there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | null {
  return env.CHROMIUM || findProgram(NAMES, env);
}

/** Works as root and in containers, and calls nobody: tests must not depend on the network. */
export const CHROMIUM_FLAGS: readonly string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
