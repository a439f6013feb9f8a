import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { contentPolicy } from "@spillway/contract/content-policy";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const devNonce = "spillway-dev";
const demoDir = "dist-demo";
/** With all that they import. */
const firstScreen = /web\/src\/(app\/router\.ts|screens\/overview\/overview\.tsx)$/;

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

/** One build for every mount point: relative assets, `<base href>` filled in by the server. */
export default defineConfig(({ mode, command }) => ({
  base: "./",
  plugins: [react(), tailwindcss(), ...(mode === "demo" ? [demoSite()] : [])],
  html: command === "build" ? {} : { cspNonce: devNonce },
  build: {
    target: "es2022",
    outDir: mode === "demo" ? demoDir : "dist",
    manifest: true,
    // Inlined fonts and images would be `data:` URLs, which the policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What the first screen needs is one file: as thirty small ones it is 6 kB more and a round trip longer.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "start", test: firstScreen }] } } },
    chunkSizeWarningLimit: 420,
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
