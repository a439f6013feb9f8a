import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "./workspace.ts";

const CACHE = join(ROOT, "node_modules/.cache/spillway-build");
const NEVER = /(^|\/)(node_modules|dist[^/]*|\.cache|e2e)(\/|$)|\.test\.tsx?$|\.md$/;

/** A hash of names and contents of the files under these patterns, relative to the workspace's root. */
export function hashInputs(patterns: readonly string[]): string {
  const hash = createHash("sha256").update(process.version);
  const entries = globSync([...patterns], {
    cwd: ROOT,
    withFileTypes: true,
    exclude: (entry) => NEVER.test(entry.name),
  });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const kept = [...new Set(files)].filter((file) => !NEVER.test(file.slice(ROOT.length))).sort();
  for (const file of kept)
    hash.update(file.slice(ROOT.length)).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

/** Runs `build` unless `output` exists and was made from inputs with this hash. Resolves to whether it ran. */
export async function unlessFresh(
  name: string,
  hash: string,
  output: string,
  build: () => Promise<void>,
): Promise<boolean> {
  const stamp = join(CACHE, name);
  if (existsSync(output) && existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return false;
  rmSync(stamp, { force: true });
  await build();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
  return true;
}
