import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router/dom";
import { queryClient } from "../api/query-client.ts";
import { watchAttention } from "../lib/attention.ts";
import { forgetEarly } from "../lib/early.ts";
import { createRouter } from "./router.ts";

/** After this long without an answer the page shows that it waits, ms. Until then there is one picture, and it is whole. */
const patience = 400;

/** Shows the app, as soon as it has something to show. */
export async function start(root: HTMLElement): Promise<void> {
  watchAttention();
  if (import.meta.env.MODE === "demo") await (await import("../demo/start.ts")).startDemo();
  const router = createRouter();
  const first = loaded(router).then(forgetEarly);
  await Promise.race([first, new Promise((resolve) => setTimeout(resolve, patience))]);
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} useTransitions={false} />
      </QueryClientProvider>
    </StrictMode>,
  );
}

/** Once the first screen's code and data are there. */
const loaded = (router: ReturnType<typeof createRouter>): Promise<void> =>
  new Promise((resolve) => {
    if (router.state.initialized) return resolve();
    const stop = router.subscribe(({ initialized }) => {
      if (!initialized) return;
      stop();
      resolve();
    });
  });
