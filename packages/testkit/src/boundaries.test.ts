import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/**
 * The dependency rule of this workspace. Packages: two grounds, the contract and the engine port; only the BFF knows
 * both; nothing imports an app. Inside the web app: lib ◀ ui; lib, ui, api ◀ features ◀ screens ◀ app.
 */
const ROOT = join(import.meta.dirname, "../../..");

interface Import {
  file: string;
  target: string;
  typeOnly: boolean;
}

const STATIC = /^(?:import|export)\s+(type\s+)?(?:[\w*{][^"'`;]*?\sfrom\s+)?["']([^"']+)["']/gm;
const DYNAMIC = /\bimport\(\s*["'`]([^"'`]+)["'`]/g;

function importsOf(file: string, text: string = readFileSync(join(ROOT, file), "utf8")): Import[] {
  const fixed = [...text.matchAll(STATIC)].map(([, type, target = ""]) => ({
    file,
    target,
    typeOnly: type !== undefined,
  }));
  const lazy = [...text.matchAll(DYNAMIC)].map(([, target = ""]) => ({ file, target, typeOnly: false }));
  return [...fixed, ...lazy];
}

const modules = globSync(["packages/*/src/**/*.ts", "apps/{web,spillway}/src/**/*.{ts,tsx}"], { cwd: ROOT });
const isTest = (file: string) => /\.(test|fixture)\.tsx?$/.test(file);
const product = modules.filter((file) => !isTest(file));
const imports = product.flatMap((file) => importsOf(file));
const under = (folder: string) => imports.filter(({ file }) => file.startsWith(folder));
const show = (found: Import[]) => found.map(({ file, target }) => `${file} imports ${target}`);

/** What each package may know of the others. Engines' conformance suite and testkit are for tests and demos. */
const MAY_IMPORT: Record<string, string[]> = {
  contract: [],
  engine: [],
  triage: ["engine"],
  "engine-embedded": ["engine"],
  "engine-bullmq": ["engine", "worker-agent"],
  "worker-agent": [],
  bff: ["contract", "engine", "triage"],
  testkit: ["bff", "contract", "engine", "engine-embedded"],
};

describe("the dependency rule", () => {
  it("is checked on modules that exist", () => {
    expect(product.length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(100);
    for (const folder of ["packages/bff/src/", "apps/web/src/", "apps/spillway/src/"]) {
      expect([folder, under(folder).length > 0]).toEqual([folder, true]);
    }
  });

  it("sees every kind of import", () => {
    const text = [
      'import "./a.css";',
      'import b from "b";',
      "import {",
      "  c,",
      "  type C,",
      '} from "@spillway/c";',
      'import type { D } from "d";',
      'export * as e from "e";',
      'const f = await import("f");',
      'const g = "import nothing from here";',
    ].join("\n");
    expect(
      importsOf("x.ts", text).map(({ target, typeOnly }) => (typeOnly ? `type ${target}` : target)),
    ).toEqual(["./a.css", "b", "@spillway/c", "type d", "e", "f"]);
  });

  it.each(Object.entries(MAY_IMPORT))("holds for %s", (name, allowed) => {
    const foreign = under(`packages/${name}/src/`).filter(({ target }) => {
      const [, other] = /^(?:@spillway\/([^/]+)|spillway$)/.exec(target) ?? [];
      return target === "spillway" || (other !== undefined && other !== name && !allowed.includes(other));
    });
    expect(show(foreign)).toEqual([]);
  });

  it("holds for the manifests too", () => {
    for (const [name, allowed] of Object.entries(MAY_IMPORT)) {
      for (const file of globSync(`packages/${name}/package.json`, { cwd: ROOT })) {
        const manifest: { dependencies?: Record<string, string> } = JSON.parse(
          readFileSync(join(ROOT, file), "utf8"),
        );
        const known = Object.keys(manifest.dependencies ?? {}).filter((each) =>
          each.startsWith("@spillway/"),
        );
        const extra = known.filter((each) => !allowed.includes(each.slice("@spillway/".length)));
        expect([file, extra]).toEqual([file, []]);
      }
    }
  });

  it("lets no module leave its package by a relative path", () => {
    const home = (file: string) => file.split("/").slice(0, 2).join("/");
    const escaped = imports.filter(
      ({ file, target }) => target.startsWith(".") && home(join(file, "..", target)) !== home(file),
    );
    expect(show(escaped)).toEqual([]);
  });

  it("keeps bullmq and ioredis in the one adapter", () => {
    const drivers = imports.filter(({ target }) => /^(bullmq|ioredis)(\/|$)/.test(target));
    expect(show(drivers.filter(({ file }) => !file.startsWith("packages/engine-bullmq/")))).toEqual([]);
  });

  it("keeps the BFF, the contract, the port, triage and the embedded engine free of Node", () => {
    const neutral =
      /^packages\/(bff\/src\/(?!node\/)|contract\/|engine\/src\/(?!conformance\/)|triage\/|engine-embedded\/)/;
    const found = imports.filter(
      ({ file, target }) => neutral.test(file) && /^(node:|@hono\/node)/.test(target),
    );
    expect(show(found)).toEqual([]);
    const files = product.filter((file) => neutral.test(file));
    const reaching = files.filter((file) =>
      /\bprocess\.(env|argv|cwd)\b/.test(readFileSync(join(ROOT, file), "utf8")),
    );
    expect(reaching).toEqual([]);
  });
});

describe("inside the web app", () => {
  const web = under("apps/web/src/");
  const LAYERS: Record<string, string[]> = {
    lib: [],
    ui: ["lib"],
    api: ["lib"],
    features: ["lib", "ui", "api"],
    screens: ["lib", "ui", "api", "features"],
  };
  const layerOf = (path: string) => /^apps\/web\/src\/([^/]+)\//.exec(path)?.[1];

  it.each(Object.entries(LAYERS))("%s imports only what lies below it", (layer, allowed) => {
    const upward = web.filter(({ file, target }) => {
      if (layerOf(file) !== layer || !target.startsWith(".")) return false;
      const other = layerOf(join(file, "..", target));
      return other === undefined || (other !== layer && !allowed.includes(other));
    });
    expect(show(upward)).toEqual([]);
  });

  it("ui knows no router, no query and no contract", () => {
    const known = /^(react-router|@tanstack\/react-query|@spillway\/)/;
    expect(show(web.filter(({ file, target }) => layerOf(file) === "ui" && known.test(target)))).toEqual([]);
  });

  it("only ui/charts imports recharts", () => {
    const charts = web.filter(
      ({ file, target }) => target.startsWith("recharts") && !file.includes("/ui/charts/"),
    );
    expect(show(charts)).toEqual([]);
  });

  it("takes only types from the contract's schemas, and nothing from the server but for the demo", () => {
    const schemas = web.filter(
      ({ target, typeOnly }) => target === "@spillway/contract/schemas" && !typeOnly,
    );
    expect(show(schemas)).toEqual([]);
    const server = web.filter(({ target }) => /^@spillway\/(?!contract(\/|$)|testkit(\/|$))/.test(target));
    expect(show(server)).toEqual([]);
  });
});
