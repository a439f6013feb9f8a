import "../lib/no-eval.ts";
import { createWorld, type World, type WorldOptions } from "@spillway/testkit";
import { setupWorker } from "msw/browser";
import { http } from "msw/http";
import { mountPath } from "../lib/paths.ts";
import { register } from "./register.ts";

const SCRIPT = `${mountPath()}mockServiceWorker.js`;

const config: NonNullable<WorldOptions["config"]> = {
  basePath: mountPath(),
  environment: { name: "demo", tone: "green" },
  sampleIntervalMs: 1000,
  allowedHosts: [location.hostname],
};

/** The real console and the embedded engine inside this page; `?scenario=bad-deploy` opens an incident. */
export async function startDemo(): Promise<void> {
  const world = await openWorld(new URLSearchParams(location.search).get("scenario"));
  const worker = setupWorker(http.all("*/api/*", ({ request }) => world.handle(request)));
  await register(SCRIPT);
  await worker.start({
    quiet: true,
    onUnhandledFrame: "bypass",
    serviceWorker: { url: SCRIPT },
  });
}

/** A scenario that nobody knows is healthy life. */
async function openWorld(scenario: string | null): Promise<World> {
  try {
    return await createWorld({ clock: "real", config, scenario: scenario ?? "healthy" });
  } catch (error) {
    if (scenario === null) throw error;
    return createWorld({ clock: "real", config, scenario: "healthy" });
  }
}
