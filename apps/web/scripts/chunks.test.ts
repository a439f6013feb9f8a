import { expect, it } from "vitest";
import { type Build, initialChunks, lazyComplaint } from "./chunks.ts";

const code: Record<string, string> = {
  "index.html": "start()",
  _shared: "shared()",
  "src/screens/overview/overview.tsx": "stats()",
  "src/screens/metrics/metrics.tsx": "draw('recharts-line')",
};
const build: Build = {
  manifest: {
    "index.html": { file: "a.js", isEntry: true, imports: ["_shared"] },
    _shared: { file: "b.js", imports: ["index.html"] },
    "src/screens/overview/overview.tsx": { file: "c.js", imports: ["_shared"] },
    "src/screens/metrics/metrics.tsx": { file: "d.js", imports: ["_shared"] },
  },
  read: (key) => code[key] ?? "",
};
const OVERVIEW = { source: "screens/overview/overview.tsx", mark: "stats()" };

it("counts the entry, the first screen and what both import", () => {
  expect(initialChunks(build, OVERVIEW)).toEqual(["index.html", "_shared", `src/${OVERVIEW.source}`]);
  expect(() => initialChunks({ ...build, manifest: {} }, OVERVIEW)).toThrow("no entry");
  expect(() => initialChunks(build, { source: "screens/none.tsx", mark: "none()" })).toThrow(
    "no screens/none.tsx",
  );
});

it("counts what the entry asks for by itself", () => {
  const manifest = {
    ...build.manifest,
    "index.html": { file: "a.js", isEntry: true, dynamicImports: ["_shared"] },
  };
  const alone = { "index.html": manifest["index.html"], _shared: { file: "b.js" } };
  expect(initialChunks({ ...build, manifest: alone }, { source: "none", mark: "shared()" })).toEqual([
    "index.html",
    "_shared",
  ]);
});

it("finds the first screen in a chunk that it shares", () => {
  const { "index.html": entry, _shared } = build.manifest;
  const merged = { ...build, manifest: { "index.html": entry, _shared } as Build["manifest"] };
  expect(initialChunks(merged, { ...OVERVIEW, mark: "shared()" })).toEqual(["index.html", "_shared"]);
});

it("asks of what is lazy that it is in a later chunk, and that it is anywhere at all", () => {
  const initial = initialChunks(build, OVERVIEW);
  expect(lazyComplaint(build, initial, "recharts", "recharts-")).toBeNull();
  expect(lazyComplaint(build, initial, "stats", "stats()")).toMatch("import it lazily");
  expect(lazyComplaint(build, initial, "palette", "palette-hits")).toMatch('no chunk holds "palette-hits"');
});
