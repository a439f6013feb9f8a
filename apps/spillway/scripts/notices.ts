import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import type { Plugin } from "vite";

/** Beside what it is about, in the package and in the screens. */
export const NOTICES = "THIRD-PARTY-NOTICES.txt";

const TEXTS = /^(?:licen[cs]e|copying|notice)/i;
const RULE = "-".repeat(80);

/** Which packages of others are in what is built, and what their licences ask to be passed on with it. */
export interface Notices {
  /** Sees what ends up in a bundle, or is left out of it. */
  plugin(): Plugin;
  /** All of them, by name. */
  text(): string;
}

export function collectNotices(): Notices {
  const folders = new Set<string>();
  return {
    plugin: () => ({
      name: "spillway-notices",
      generateBundle(_options, bundle) {
        const chunks = Object.values(bundle).flatMap((part) => (part.type === "chunk" ? [part] : []));
        const files = chunks.flatMap(({ modules }) =>
          Object.entries(modules)
            .filter(([id, { renderedLength }]) => renderedLength > 0 || isStyle(id))
            .map(([id]) => id),
        );
        for (const file of files) {
          const folder = packageOf(file);
          if (folder !== null) folders.add(folder);
          else if (isStyle(file)) for (const imported of importedBy(pathOf(file))) folders.add(imported);
        }
      },
    }),
    text: () => noticesOf([...folders]),
  };
}

const isStyle = (id: string): boolean => pathOf(id).endsWith(".css");

/** Bundlers mark what they made themselves, and ask for parts of files. */
const pathOf = (id: string): string => id.replace(/^\0/, "").replace(/\?.*$/, "");

/** The folder of the package that a file belongs to; null: it is none of somebody else's. */
function packageOf(file: string): string | null {
  const parts = pathOf(file).split(/[\\/]/);
  const at = parts.lastIndexOf("node_modules");
  if (at < 0) return null;
  const length = parts[at + 1]?.startsWith("@") ? 3 : 2;
  const folder = parts.slice(0, at + length).join(sep);
  return existsSync(join(folder, "package.json")) ? folder : null;
}

/** The packages that a style of ours imports: they are in it, and no modules of their own. */
function importedBy(style: string): string[] {
  const names = [
    ...readFileSync(style, "utf8").matchAll(/^@import\s+["']((?:@[^/"']+\/)?[^./"'@][^/"']*)/gm),
  ];
  return names.map(([, name = ""]) => {
    let folder = dirname(style);
    while (!existsSync(join(folder, "node_modules", name, "package.json"))) {
      if (folder === dirname(folder)) throw new Error(`${style} imports ${name}, which is nowhere.`);
      folder = dirname(folder);
    }
    return join(folder, "node_modules", name);
  });
}

interface Manifest {
  name: string;
  version: string;
  license?: string;
  author?: string | { name: string };
}

function noticesOf(folders: readonly string[]): string {
  const all = folders.map((folder): [string, string] => {
    const manifest: Manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return [`${manifest.name} ${manifest.version}`, noticeOf(folder, manifest)];
  });
  const sorted = [...new Map(all)].sort(([a], [b]) => (a < b ? -1 : 1));
  return `This contains software of others, by their licences:\n\n${sorted.map(([, notice]) => notice).join("")}`;
}

/** Throws where nothing says by what licence it may be passed on. */
function noticeOf(folder: string, { name, version, license, author }: Manifest): string {
  const files = readdirSync(folder).filter((file) => TEXTS.test(file) && !/\.[cm]?[jt]s$/.test(file));
  const texts = files.sort().map((file) => readFileSync(join(folder, file), "utf8").trim());
  if (license === undefined && texts.length === 0)
    throw new Error(`${name} ${version} in ${dirname(folder)} has no licence.`);
  const by = typeof author === "string" ? author : (author?.name ?? name);
  const said = texts.length > 0 ? texts : [`${license}, by ${by}; the package brings no text of it.`];
  return `${RULE}\n${name} ${version} (${license ?? "see below"})\n${RULE}\n\n${said.join("\n\n")}\n\n`;
}
