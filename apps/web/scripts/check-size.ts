import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

/** Gzipped JavaScript a browser must have before the first screen may show, bytes. */
const bound = 150_000;
const dist = join(import.meta.dirname, "../dist");

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
  dynamicImports?: string[];
}

const manifest: Record<string, Chunk> = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));

/** The chunks that load with this one without being asked for. */
function withImports(key: string, seen = new Set<string>()): Set<string> {
  const chunk = manifest[key];
  if (chunk === undefined || seen.has(key)) return seen;
  seen.add(key);
  for (const next of chunk.imports ?? []) withImports(next, seen);
  return seen;
}

const read = (key: string): Buffer => readFileSync(join(dist, manifest[key]?.file ?? ""));
const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry);
if (entry === undefined) throw new Error("The build has no entry; run `pnpm build` first.");
const first = Object.keys(manifest).find((key) => key.endsWith("screens/overview/overview.tsx"));
const initial = [...withImports(first ?? entry, withImports(entry))];
const bytes = initial.reduce((sum, key) => sum + gzipSync(read(key)).length, 0);

/** Marks of what must only load when somebody asks for it. */
const lazy = { recharts: "recharts-", palette: "palette-hits" };
const early = Object.entries(lazy).filter(([, mark]) => initial.some((key) => read(key).includes(mark)));

console.log(
  `initial JS with the overview: ${(bytes / 1000).toFixed(1)} kB gzip of ${bound / 1000} kB, ${initial.length} chunks`,
);
for (const [name] of early) console.error(`${name} is in the initial chunks; import it lazily`);
if (bytes > bound) console.error(`over the bound by ${((bytes - bound) / 1000).toFixed(1)} kB`);
if (bytes > bound || early.length > 0) process.exitCode = 1;
