import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";

export type Encoding = "br" | "gzip";

export interface SiteFile {
  type: string;
  etag: string;
  /** The name holds a hash of the content, so it may be kept for ever. */
  immutable: boolean;
  body(encoding: Encoding | null): Uint8Array<ArrayBuffer>;
  encodings: readonly Encoding[];
}

const TYPES: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};
export const FILE_ENDINGS: readonly string[] = Object.keys(TYPES);

const SUFFIX: Record<Encoding, string> = { br: ".br", gzip: ".gz" };
const ENCODINGS: readonly Encoding[] = ["br", "gzip"];

/**
 * The files of a built site by their path relative to `root`, with forward slashes. Only what is listed here is ever
 * served, so no path can lead outside. Empty if there is no such folder.
 */
export function listSite(root: string): Map<string, SiteFile> {
  const names = new Set(listNames(root));
  const plain = [...names].filter((name) => !name.endsWith(".br") && !name.endsWith(".gz"));
  return new Map(plain.map((name) => [name, toSiteFile(root, name, names)]));
}

function listNames(root: string): string[] {
  try {
    return (
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"))
        // What begins with a dot is the build's own, e.g. its manifest.
        .filter((name) => !/(^|\/)\./.test(name))
    );
  } catch {
    return [];
  }
}

function toSiteFile(root: string, name: string, names: ReadonlySet<string>): SiteFile {
  const held = new Map<Encoding | null, Uint8Array<ArrayBuffer>>();
  const body = (encoding: Encoding | null): Uint8Array<ArrayBuffer> => {
    const known = held.get(encoding);
    if (known) return known;
    const read = new Uint8Array(readFileSync(join(root, encoding ? name + SUFFIX[encoding] : name)));
    held.set(encoding, read);
    return read;
  };
  return {
    type: TYPES[extname(name)] ?? "application/octet-stream",
    etag: `"${createHash("sha256").update(body(null)).digest("base64url").slice(0, 22)}"`,
    immutable: name.startsWith("assets/"),
    encodings: ENCODINGS.filter((encoding) => names.has(name + SUFFIX[encoding])),
    body,
  };
}
