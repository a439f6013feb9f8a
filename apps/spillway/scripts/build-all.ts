import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build, type Plugin } from "vite";
import { compressSite } from "./compress-site.ts";
import { hashInputs, unlessFresh } from "./inputs-hash.ts";
import { collectNotices, NOTICES, type Notices } from "./notices.ts";
import { BUNDLE, DIST, PACKED_SITE, SITE, SPILLWAY, WEB } from "./workspace.ts";

const SHARED = ["pnpm-lock.yaml", "packages/*/package.json", "packages/*/src/**"];
const SITE_INPUTS = [...SHARED, "apps/web/**"];
const BUNDLE_INPUTS = [...SHARED, "apps/spillway/package.json", "apps/spillway/src/**"];

// Whatever the shell says, what ships is built for production.
process.env.NODE_ENV = "production";

/** Builds the web app and the process, each only if what it is made of has changed; `dist` is then what is packed. */
export async function buildAll(say: (line: string) => void): Promise<void> {
  const site = hashInputs([...SITE_INPUTS, "apps/spillway/scripts/**"]);
  if (await unlessFresh("site", site, join(SITE, "index.html"), buildSite)) say("Built the screens.");
  const bundle = hashInputs([...BUNDLE_INPUTS, "apps/spillway/scripts/**"]);
  if (await unlessFresh("process", bundle, BUNDLE, buildProcess)) say("Built the process.");
  await unlessFresh("packed-site", site, join(PACKED_SITE, "index.html"), packSite);
}

async function buildSite(): Promise<void> {
  const notices = collectNotices();
  await build({
    root: WEB,
    base: "./",
    logLevel: "warn",
    plugins: [notices.plugin()],
    build: { outDir: SITE, emptyOutDir: true },
  });
  writeFileSync(join(SITE, NOTICES), notices.text());
  compressSite(SITE);
}

async function packSite(): Promise<void> {
  rmSync(PACKED_SITE, { recursive: true, force: true });
  cpSync(SITE, PACKED_SITE, { recursive: true });
}

/** The command and the library: each one file that needs nothing beside it but the screens. */
async function buildProcess(): Promise<void> {
  rmSync(DIST, { recursive: true, force: true });
  const notices = collectNotices();
  await bundle("src/main.ts", "spillway.js", notices);
  await bundle("src/index.ts", "index.js", notices);
  writeFileSync(join(DIST, NOTICES), notices.text());
  writeFileSync(join(DIST, "index.d.ts"), declarations());
}

/**
 * One file starts faster and holds less memory than the sources. The engine keeps its text as long as the process lives, at two
 * bytes a character if one of them is beyond Latin: so blanks and comments go, names stay for those who read stacks, and all is ASCII.
 */
async function bundle(entry: string, file: string, notices: Notices): Promise<void> {
  await build({
    root: SPILLWAY,
    configFile: false,
    logLevel: "warn",
    ssr: { noExternal: true },
    plugins: [notices.plugin(), ascii],
    build: {
      ssr: entry,
      outDir: "dist",
      emptyOutDir: false,
      target: "node22",
      rolldownOptions: {
        output: {
          entryFileNames: file,
          codeSplitting: false,
          minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
        },
      },
    },
  });
}

/** In texts, patterns and names an escape says the same. */
const ascii: Plugin = {
  name: "ascii",
  generateBundle(_, files) {
    for (const file of Object.values(files)) if (file.type === "chunk") file.code = inAscii(file.code);
  },
};

function inAscii(code: string): string {
  return code.replace(/[^\0-\x7f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The public types import nothing of the workspace, so that they are declarations as they stand. */
function declarations(): string {
  const types = readFileSync(join(SPILLWAY, "src/embed/public-types.ts"), "utf8");
  return `${types}\n/** A console to mount in another application. */\nexport declare const createSpillway: CreateSpillway;\n`;
}
