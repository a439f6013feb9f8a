import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { build } from "vite";
import { expect, it } from "vitest";
import { collectNotices } from "../scripts/notices.ts";
import { tempFolder } from "./access/access.fixture.ts";

/** A folder in which others' packages are installed, and a bundle of what uses some of them. */
async function bundled(folder: ReturnType<typeof tempFolder>, files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(folder.file(name)), { recursive: true });
    writeFileSync(folder.file(name), text);
  }
  const notices = collectNotices();
  await build({
    root: folder.file("."),
    configFile: false,
    logLevel: "silent",
    plugins: [notices.plugin()],
    build: { write: false, rolldownOptions: { input: folder.file("main.js") } },
  });
  return notices;
}

const manifest = (name: string, more: object = { license: "MIT" }) =>
  JSON.stringify({ name, version: "1.2.3", main: "index.js", type: "module", sideEffects: false, ...more });

it("names what is in a bundle, through whatever it came, and nothing else, with the text of each licence", async () => {
  using folder = tempFolder();
  const notices = await bundled(folder, {
    "main.js":
      'import { used } from "used"; import { unused } from "unused"; import "./own.css"; used(); export {};',
    "own.css": '@import "styled/theme.css";\n.own { color: red }',
    "node_modules/used/package.json": manifest("used"),
    "node_modules/used/LICENSE.md": "Copyright Ana\nAll of it.",
    "node_modules/used/NOTICE": "Made in a barn.",
    "node_modules/used/license.js": "export {};",
    "node_modules/used/index.js":
      'import { deep } from "@by/deep"; export const used = () => console.log(deep());',
    "node_modules/@by/deep/package.json": manifest("@by/deep", { license: "ISC", author: { name: "Ben" } }),
    "node_modules/@by/deep/index.js": "export const deep = () => Math.random();",
    "node_modules/unused/package.json": manifest("unused"),
    "node_modules/unused/index.js": "export const unused = () => 1;",
    "node_modules/styled/package.json": manifest("styled", { license: "OFL-1.1" }),
    "node_modules/styled/theme.css": ".theirs { color: blue }",
  });
  const text = notices.text();
  const named = [...text.matchAll(/^(\S+) 1\.2\.3 \((.+)\)$/gm)].map(([, name, licence]) => [name, licence]);
  expect(named).toEqual([
    ["@by/deep", "ISC"],
    ["styled", "OFL-1.1"],
    ["used", "MIT"],
  ]);
  expect(text).toContain("Copyright Ana\nAll of it.\n\nMade in a barn.\n");
  expect(text).toContain("ISC, by Ben; the package brings no text of it.");
  expect(text).not.toContain("export {}");
});

it("is not made of what nobody may pass on", async () => {
  using folder = tempFolder();
  const notices = await bundled(folder, {
    "main.js": 'import { used } from "used"; used();',
    "node_modules/used/package.json": manifest("used", {}),
    "node_modules/used/index.js": "export const used = () => console.log(1);",
  });
  expect(() => notices.text()).toThrow("used 1.2.3 in");
});
