import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Build, initialChunks, lazyComplaint } from "./chunks.ts";

/** Gzipped JavaScript a browser must have before the first screen may show, bytes. */
const bound = 150_000;
const dist = join(import.meta.dirname, "../dist");

const overview = { source: "screens/overview/overview.tsx", mark: "Movement and recent events" };

/** Marks of what must only load when somebody asks for it. */
const lazy = { recharts: "recharts-", "the palette": "palette-hits" };

const manifest: Build["manifest"] = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));
const read = (key: string): Buffer => readFileSync(join(dist, manifest[key]?.file ?? ""));
const initial = initialChunks({ manifest, read }, overview);
const bytes = initial.reduce((sum, key) => sum + gzipSync(read(key)).length, 0);
const complaints = Object.entries(lazy).map(([name, mark]) =>
  lazyComplaint({ manifest, read }, initial, name, mark),
);
if (bytes > bound) complaints.push(`over the bound by ${((bytes - bound) / 1000).toFixed(1)} kB`);

console.log(
  `initial JS with the overview: ${(bytes / 1000).toFixed(1)} kB gzip of ${bound / 1000} kB, ${initial.length} chunks`,
);
for (const complaint of complaints) {
  if (complaint === null) continue;
  console.error(complaint);
  process.exitCode = 1;
}
