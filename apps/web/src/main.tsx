import "./styles.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router/dom";
import { queryClient } from "./api/query-client.ts";
import { createRouter } from "./app/router.ts";
import { showTheme } from "./app/theme.ts";
import { watchAttention } from "./lib/attention.ts";

showTheme();
watchAttention();

async function start(root: HTMLElement): Promise<void> {
  if (import.meta.env.MODE === "demo") await (await import("./demo/start.ts")).startDemo();
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={createRouter()} useTransitions={false} />
      </QueryClientProvider>
    </StrictMode>,
  );
}

const root = document.getElementById("root");
if (root !== null) void start(root);
