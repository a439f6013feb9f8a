import type { RouteObject } from "react-router";
import { loadCode } from "../lib/code.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { rootLoader } from "./root-loader.ts";
import { NotFound, RouteError } from "./route-error.tsx";
import { Shell } from "./shell/shell.tsx";

/** What a screen's file brings. */
type Screen = Pick<RouteObject, "loader" | "handle"> & { Component: React.ComponentType };

/** A screen whose code loads when somebody goes there. */
const screen = (path: string, get: () => Promise<Screen>, children?: RouteObject[]): RouteObject => ({
  path,
  ...(children === undefined ? {} : { children }),
  lazy: {
    loader: async () => (await loadCode(get)).loader,
    Component: async () => (await loadCode(get)).Component,
  },
  ErrorBoundary: RouteError,
});

/** The site map. Each path has its folder in `screens/`. New for each router, which crosses out what it has loaded. */
export const createRoutes = (): RouteObject[] => [
  {
    ...screen("/login", () => import("../screens/login/login.tsx")),
    HydrateFallback: () => <SkeletonRows />,
  },
  {
    path: "/",
    loader: rootLoader,
    Component: Shell,
    ErrorBoundary: RouteError,
    HydrateFallback: () => <SkeletonRows />,
    children: [
      screen("", () => import("../screens/overview/overview.tsx")),
      screen("queues", () => import("../screens/queues/queues.tsx")),
      screen("queues/:queue", () => import("../screens/queue/queue-layout.tsx"), [
        screen("", () => import("../screens/queue/queue-overview.tsx")),
        screen("jobs", () => import("../screens/jobs/jobs.tsx")),
        screen("dlq", () => import("../screens/dlq/dlq.tsx")),
        screen("schedules", () => import("../screens/schedules/schedules.tsx")),
        screen("metrics", () => import("../screens/queue-metrics/queue-metrics.tsx")),
        screen("operations", () => import("../screens/operations/operations.tsx")),
        screen("operations/:id", () => import("../screens/operation/operation.tsx")),
        screen("audit", () => import("../screens/queue-audit/queue-audit.tsx")),
      ]),
      screen("queues/:queue/jobs/:jobId", () => import("../screens/job/job.tsx")),
      screen("workers", () => import("../screens/workers/workers.tsx")),
      screen("metrics", () => import("../screens/metrics/metrics.tsx")),
      screen("metrics/history", () => import("../screens/metrics/metrics-history.tsx")),
      screen("operations", () => import("../screens/operations/operations.tsx")),
      screen("operations/:id", () => import("../screens/operation/operation.tsx")),
      screen("audit", () => import("../screens/audit/audit.tsx")),
      screen("audit/:id", () => import("../screens/audit-record/audit-record.tsx")),
      { path: "*", Component: NotFound },
    ],
  },
];
