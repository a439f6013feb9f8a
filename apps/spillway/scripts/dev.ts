import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createServer, type ProxyOptions } from "vite";
import { SPILLWAY, WEB } from "./workspace.ts";

/**
 * Starts the process from its sources, again whenever one of them changes, and Vite with hot reloading in front of it.
 * The web app's own Vite settings say on which port that is and that `/api` goes to the process.
 */
const API = "http://127.0.0.1:4600";
const args = process.argv.slice(2).filter((arg) => arg !== "--");
const api = spawn(
  process.execPath,
  ["--watch", "--watch-preserve-output", join(SPILLWAY, "src/main.ts"), ...args],
  { stdio: "inherit" },
);

/** The samples for a client, the metrics screen for a browser that navigates. */
const history: ProxyOptions = {
  target: API,
  bypass: (request) => (request.headers.accept?.includes("text/html") ? request.url : undefined),
};
const proxy = { "^/(livez|readyz)$": API, "^/metrics/prometheus": API, "^/metrics/history": history };
const screens = await createServer({ root: WEB, server: { host: "127.0.0.1", strictPort: true, proxy } });
await screens.listen();
process.stdout.write(`The screens, from sources, are at ${screens.resolvedUrls?.local[0] ?? ""}\n`);

for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => api.kill(name));
const [code] = await once(api, "exit");
await screens.close();
process.exitCode = typeof code === "number" ? code : 0;
