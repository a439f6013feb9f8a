import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createServer, type ProxyOptions } from "vite";
import { SPILLWAY, WEB } from "./workspace.ts";

const SCREENS_PORT = 4600;
const API_PORT = 4601;

/** Starts the process from its sources, again whenever one changes, and Vite in front of it with hot reloading. */
const args = process.argv.slice(2).filter((arg) => arg !== "--");
const api = spawn(
  process.execPath,
  ["--watch", "--watch-preserve-output", join(SPILLWAY, "src/main.ts"), ...args, "--port", String(API_PORT)],
  { stdio: "inherit" },
);

const target = { target: `http://127.0.0.1:${API_PORT}` } satisfies ProxyOptions;
/** The samples for a client, the metrics screen for a browser that navigates. */
const history: ProxyOptions = {
  ...target,
  bypass: (request) => (request.headers.accept?.includes("text/html") ? request.url : undefined),
};
const screens = await createServer({
  root: WEB,
  server: {
    host: "127.0.0.1",
    port: SCREENS_PORT,
    strictPort: true,
    proxy: {
      "^/(api|livez|readyz)(/|$|\\?)": target,
      "^/metrics/prometheus": target,
      "^/metrics/history": history,
    },
  },
});
await screens.listen();
process.stdout.write(`Spillway (sources) is at http://127.0.0.1:${SCREENS_PORT}\n`);

for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => api.kill(name));
const [code] = await once(api, "exit");
await screens.close();
process.exitCode = typeof code === "number" ? code : 0;
