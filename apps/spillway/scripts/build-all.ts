import { join } from "node:path";
import { build } from "vite";
import { compressSite } from "./compress-site.ts";
import { hashInputs, unlessFresh } from "./inputs-hash.ts";
import { BUNDLE, SITE, SPILLWAY, WEB } from "./workspace.ts";

const SHARED = ["pnpm-lock.yaml", "packages/*/package.json", "packages/*/src/**"];
const SITE_INPUTS = [...SHARED, "apps/web/**"];
const BUNDLE_INPUTS = [...SHARED, "apps/spillway/package.json", "apps/spillway/src/**"];

// Whatever the shell says, what ships is built for production.
process.env.NODE_ENV = "production";

/** Builds the web app and the process, each only if what it is made of has changed. */
export async function buildAll(say: (line: string) => void): Promise<void> {
  const site = hashInputs([...SITE_INPUTS, "apps/spillway/scripts/**"]);
  if (await unlessFresh("site", site, join(SITE, "index.html"), buildSite)) say("Built the screens.");
  const bundle = hashInputs([...BUNDLE_INPUTS, "apps/spillway/scripts/**"]);
  if (await unlessFresh("process", bundle, BUNDLE, buildProcess)) say("Built the process.");
}

async function buildSite(): Promise<void> {
  await build({ root: WEB, base: "./", logLevel: "warn", build: { outDir: SITE, emptyOutDir: true } });
  compressSite(SITE);
}

/** One file that needs nothing beside it: starts faster and holds less memory than the sources. */
async function buildProcess(): Promise<void> {
  await build({
    root: SPILLWAY,
    configFile: false,
    logLevel: "warn",
    ssr: { noExternal: true },
    build: {
      ssr: "src/main.ts",
      outDir: "dist",
      emptyOutDir: true,
      target: "node24",
      rolldownOptions: { output: { entryFileNames: "spillway.js", codeSplitting: false } },
    },
  });
}
