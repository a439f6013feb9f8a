import { createHash } from "node:crypto";
import { type Encoding, FILE_ENDINGS, listSite, type SiteFile } from "./site-files.ts";

export interface Site {
  /** Answers for a path below the mount point (without leading slash); null if this is not the site's to answer. */
  answer(path: string, request: Request): Response | null;
}

const HTML = "text/html; charset=utf-8";
const NOT_BUILT =
  "The screens are not built yet. Run `pnpm build` (or `pnpm start`, which does it) and start again.\n";

/**
 * Serves the built web app: hashed assets for ever, everything a browser may navigate to as the app's page with its
 * base set to the mount point. A missing asset is nobody's: the app's page in place of a script helps no one.
 */
export function createSite(root: string, basePath: string): Site {
  const files = listSite(root);
  const page = files.get("index.html");
  files.delete("index.html");
  const index = page ? toIndex(page, basePath) : null;
  return {
    answer(path, request) {
      const file = files.get(path);
      if (file) return answerFile(file, request);
      if (path !== "" && path !== "index.html" && !wantsPage(path, request)) return null;
      if (index)
        return answerBody(request, index.body, { ...NO_CACHE, "Content-Type": HTML, ETag: index.etag });
      return new Response(NOT_BUILT, {
        status: 503,
        headers: { "Content-Type": "text/plain; charset=utf-8" },
      });
    },
  };
}

/** A browser that navigates says so; anything else gets the page only where no file could be meant. */
function wantsPage(path: string, request: Request): boolean {
  if (path.startsWith("assets/")) return false;
  const accept = request.headers.get("Accept") ?? "*/*";
  if (accept.includes("text/html")) return true;
  return accept === "*/*" && !FILE_ENDINGS.some((ending) => path.endsWith(ending));
}

const NO_CACHE = { "Cache-Control": "no-cache" };
const FOR_EVER = { "Cache-Control": "public, max-age=31536000, immutable" };

function answerFile(file: SiteFile, request: Request): Response {
  const encoding = pickEncoding(file.encodings, request.headers.get("Accept-Encoding") ?? "");
  const headers: Record<string, string> = {
    ...(file.immutable ? FOR_EVER : NO_CACHE),
    "Content-Type": file.type,
    ETag: encoding ? `${file.etag.slice(0, -1)}-${encoding}"` : file.etag,
  };
  if (file.encodings.length > 0) headers.Vary = "Accept-Encoding";
  if (encoding) headers["Content-Encoding"] = encoding;
  return answerBody(request, file.body(encoding), headers);
}

function answerBody(
  request: Request,
  body: Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
): Response {
  const known = (request.headers.get("If-None-Match") ?? "")
    .split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""));
  if (known.includes(headers.ETag ?? "")) return new Response(null, { status: 304, headers });
  const sized = { ...headers, "Content-Length": String(body.byteLength) };
  return new Response(request.method === "HEAD" ? null : body, { headers: sized });
}

function pickEncoding(available: readonly Encoding[], accepted: string): Encoding | null {
  const offers = accepted
    .toLowerCase()
    .split(",")
    .map((offer) => offer.trim())
    .filter((offer) => !/;\s*q=0(\.0*)?$/.test(offer))
    .map((offer) => offer.replace(/\s*;.*$/, ""));
  return available.find((encoding) => offers.includes(encoding)) ?? null;
}

function toIndex(page: SiteFile, basePath: string) {
  const html = withBase(new TextDecoder().decode(page.body(null)), basePath);
  const body = new TextEncoder().encode(html);
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  return { body, etag };
}

/** Fills in `<base href>`, adding one first in `<head>` if there is none. The base path holds no character that HTML minds. */
export function withBase(html: string, basePath: string): string {
  const tag = `<base href="${basePath}" />`;
  const present = /<base\s[^>]*>/i;
  return present.test(html)
    ? html.replace(present, tag)
    : html.replace(/<head[^>]*>/i, (head) => `${head}${tag}`);
}
