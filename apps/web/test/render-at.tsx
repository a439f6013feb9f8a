import { createWorld, type WorldOptions } from "@spillway/testkit";
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render } from "@testing-library/react";
import { http } from "msw/http";
import { setupServer } from "msw/node";
import { createMemoryRouter } from "react-router";
import { RouterProvider } from "react-router/dom";
import { afterAll, afterEach, beforeAll } from "vitest";
import { queryClient } from "../src/api/query-client.ts";
import { keepChosen } from "../src/app/keep-chosen.ts";
import { createRoutes } from "../src/app/routes.tsx";
import { asked } from "../src/features/confirm/confirm.ts";

/** Its clock stands still until the test says `world.clock.advance(…)`. */
const manualWorld = (options: WorldOptions) => createWorld({ ...options, clock: "manual" });
type ManualWorld = Awaited<ReturnType<typeof manualWorld>>;

let current: ManualWorld | null = null;
/** Who looks, where it is not one who may do all. */
let viewer: { name: string; roles: string[] } | null = null;
const server = setupServer(http.all("*/api/*", ({ request }) => answer(request)));

beforeAll(() => server.listen({ onUnhandledFrame: "error" }));
afterAll(() => server.close());
afterEach(async () => {
  // A question left open would cover the next test's page.
  asked.get()?.answer(null);
  cleanup();
  queryClient.clear();
  localStorage.clear();
  await current?.[Symbol.asyncDispose]();
  current = null;
  server.resetHandlers();
});

/** Until the end of the test what is read from here is never answered: the page knows what it knew. */
export const leaveUnread = (path: string): void =>
  server.use(http.get(`*${path}`, () => new Promise<never>(() => {})));

async function answer(request: Request): Promise<Response> {
  if (current === null) return new Response(null, { status: 502 });
  return viewer === null ? current.handle(request) : current.app.fetch(request, { viewer });
}

/**
 * The whole app at an address, answered by the real console on the embedded engine, whose clock the test holds. Whoever looks
 * has been asked for a name before, unless what the browser remembers is to stay as it is, and may do all unless a role is named.
 */
export async function renderAt(
  address: string,
  options: WorldOptions = { scenario: "bad-deploy" },
  { remembers = false, role }: { remembers?: boolean; role?: string } = {},
): Promise<ManualWorld> {
  const world = await manualWorld(options);
  await current?.[Symbol.asyncDispose]();
  current = world;
  viewer = role === undefined ? null : { name: "Eve", roles: [role] };
  if (!remembers) localStorage.setItem("spillway.asked-name", "yes");
  const router = keepChosen(createMemoryRouter(createRoutes(), { initialEntries: [address] }));
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return world;
}
