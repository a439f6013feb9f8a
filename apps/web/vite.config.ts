import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { contentPolicy } from "@spillway/contract/content-policy";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const devNonce = "spillway-dev";
const demoDir = "dist-demo";
/** What a page does first of all, and nothing else. */
const first = /web\/src\/(app\/(site-map|theme)\.ts|lib\/(code|early|store)\.ts)$|vite\/preload-helper/;
/** With all that they import. */
const firstScreen = /web\/src\/(app\/start\.tsx|screens\/overview\/overview\.tsx)$/;
/** What screens have in common, beside what the first of them has. */
const common = /web\/src\/(ui|features|lib|api)\/|node_modules\/(zod|lucide-react)\//;

/**
 * What the demo needs beside the app: the worker that answers in the page, and a 404 page that is the app, so that deep
 * links work on a static host. `DEMO_BASE=/spillway/` builds it for a path.
 */
const demoSite = (): Plugin => ({
  name: "spillway-demo",
  apply: "build",
  transformIndexHtml: (html) =>
    html.replace('<base href="/"', `<base href="${process.env.DEMO_BASE ?? "/"}"`),
  generateBundle() {
    const source = readFileSync(fileURLToPath(import.meta.resolve("msw/mockServiceWorker.js")));
    this.emitFile({ type: "asset", fileName: "mockServiceWorker.js", source });
  },
  closeBundle() {
    const out = join(import.meta.dirname, demoDir);
    copyFileSync(join(out, "index.html"), join(out, "404.html"));
  },
});

/** The chunks that run whole, or nearly so, before there is anything to read. */
const whole = new Set(["react", "start"]);

/** Has the browser compile all of the app beside the page's thread, not each function on it when it is first called. */
const compiledAhead = (): Plugin => ({
  name: "spillway-compiled-ahead",
  apply: "build",
  generateBundle: {
    order: "post",
    handler(_, bundle) {
      for (const one of Object.values(bundle))
        if (one.type === "chunk" && whole.has(one.name))
          one.code = `//# allFunctionsCalledOnLoad\n${one.code}`;
    },
  },
});

/** Names in the page what it will need in any case, so that it is fetched before anything has run: the app, and its letters. */
const neededSoon = (): Plugin => ({
  name: "spillway-needed-soon",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler: (_, { bundle = {} }) => {
      const built = Object.values(bundle);
      const chunks = built.filter((one) => one.type === "chunk");
      const app = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith("/app/start.tsx")));
      const named = chunks.find(({ isEntry }) => isEntry)?.imports ?? [];
      const code =
        app === undefined ? [] : [app.fileName, ...app.imports].filter((one) => !named.includes(one));
      const letters = built.filter(({ fileName }) => /inter-latin-wght-normal-[^/]*\.woff2$/.test(fileName));
      const tag = (attrs: Record<string, string | boolean>) => ({
        tag: "link",
        attrs,
        injectTo: "head" as const,
      });
      return [
        ...code.map((file) => tag({ rel: "modulepreload", crossorigin: true, href: `./${file}` })),
        ...letters.map(({ fileName }) =>
          tag({ rel: "preload", as: "font", type: "font/woff2", crossorigin: true, href: `./${fileName}` }),
        ),
      ];
    },
  },
});

/** One build for every mount point: relative assets, `<base href>` filled in by the server. */
export default defineConfig(({ mode, command }) => ({
  base: "./",
  plugins: [react(), tailwindcss(), neededSoon(), compiledAhead(), ...(mode === "demo" ? [demoSite()] : [])],
  html: command === "build" ? {} : { cspNonce: devNonce },
  build: {
    target: "es2022",
    outDir: mode === "demo" ? demoDir : "dist",
    manifest: true,
    // Inlined fonts and images would be `data:` URLs, which the policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What the first screen needs is one file: as thirty small ones it is 6 kB more and a round trip longer.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "first", test: first, priority: 3 },
            // Apart, so that both are compiled at the same time.
            { name: "react", test: /node_modules\/(react|react-dom|scheduler)\//, priority: 3 },
            { name: "start", test: firstScreen, priority: 2 },
            { name: "common", test: common, minShareCount: 2, priority: 1 },
          ],
        },
      },
    },
    chunkSizeWarningLimit: 470,
  },
  server: {
    port: 4601,
    proxy: { "/api": "http://127.0.0.1:4600" },
    headers: {
      // The one of production, with what reloading needs.
      "Content-Security-Policy": contentPolicy({ nonce: devNonce, connect: ["ws:"] }),
    },
  },
}));
