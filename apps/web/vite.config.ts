import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const devNonce = "spillway-dev";

/** One build for every mount point: relative assets, `<base href>` filled in by the server. */
export default defineConfig({
  base: "./",
  plugins: [react(), tailwindcss()],
  html: process.env.NODE_ENV === "production" ? {} : { cspNonce: devNonce },
  build: {
    target: "es2022",
    manifest: true,
    // Inlined fonts and images would be `data:` URLs, which the policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 420,
  },
  server: {
    port: 4601,
    proxy: { "/api": "http://127.0.0.1:4600" },
    headers: {
      "Content-Security-Policy": `default-src 'self'; script-src 'self' 'nonce-${devNonce}'; style-src 'self' 'nonce-${devNonce}'; connect-src 'self' ws:`,
    },
  },
});
