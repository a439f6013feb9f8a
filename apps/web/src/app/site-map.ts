import type { ComponentType } from "react";
import type { RouteObject } from "react-router";

/** What a screen's file brings. */
export type Screen = Pick<RouteObject, "loader" | "handle"> & { Component: ComponentType };

/** An address, below the one it stands in, and the code of its screen. */
export interface Spot {
  path: string;
  code: () => Promise<Screen>;
  below?: readonly Spot[];
}

export const loginSpot: Spot = { path: "login", code: () => import("../screens/login/login.tsx") };

/** The site map. Each path has its folder in `screens/`. It holds no code, so that a page can ask for its own before all else. */
export const siteMap: readonly Spot[] = [
  { path: "", code: () => import("../screens/overview/overview.tsx") },
  { path: "queues", code: () => import("../screens/queues/queues.tsx") },
  {
    path: "queues/:queue",
    code: () => import("../screens/queue/queue-layout.tsx"),
    below: [
      { path: "", code: () => import("../screens/queue/queue-overview.tsx") },
      { path: "jobs", code: () => import("../screens/jobs/jobs.tsx") },
      { path: "dlq", code: () => import("../screens/dlq/dlq.tsx") },
      { path: "schedules", code: () => import("../screens/schedules/schedules.tsx") },
      { path: "metrics", code: () => import("../screens/queue-metrics/queue-metrics.tsx") },
      { path: "operations", code: () => import("../screens/operations/operations.tsx") },
      { path: "operations/:id", code: () => import("../screens/operation/operation.tsx") },
      { path: "audit", code: () => import("../screens/queue-audit/queue-audit.tsx") },
    ],
  },
  { path: "queues/:queue/jobs/:jobId", code: () => import("../screens/job/job.tsx") },
  { path: "workers", code: () => import("../screens/workers/workers.tsx") },
  { path: "metrics", code: () => import("../screens/metrics/metrics.tsx") },
  { path: "metrics/history", code: () => import("../screens/metrics/metrics-history.tsx") },
  { path: "operations", code: () => import("../screens/operations/operations.tsx") },
  { path: "operations/:id", code: () => import("../screens/operation/operation.tsx") },
  { path: "audit", code: () => import("../screens/audit/audit.tsx") },
  { path: "audit/:id", code: () => import("../screens/audit-record/audit-record.tsx") },
];

/** The spots of an address below the mount point, the outermost first; none for one that leads nowhere. */
export function spotsAt(address: string, spots: readonly Spot[] = [...siteMap, loginSpot]): Spot[] {
  const parts = partsOf(address);
  for (const spot of spots) {
    const own = partsOf(spot.path);
    if (
      !own.every((part, index) => (part.startsWith(":") ? parts[index] !== undefined : part === parts[index]))
    )
      continue;
    const rest = parts.slice(own.length).join("/");
    if (spot.below === undefined && rest === "") return [spot];
    const inner = spotsAt(rest, spot.below ?? []);
    if (inner.length > 0) return [spot, ...inner];
  }
  return [];
}

const partsOf = (path: string): string[] => path.split("/").filter((part) => part !== "");
