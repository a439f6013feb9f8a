import type { RouteObject } from "react-router";
import { loadCode } from "../lib/code.ts";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { rootLoader } from "./root-loader.ts";
import { NotFound, RouteError } from "./route-error.tsx";
import { Shell } from "./shell/shell.tsx";
import { loginSpot, type Spot, siteMap } from "./site-map.ts";

/** A screen whose code loads when somebody goes there. */
const routeOf = ({ path, code, below }: Spot): RouteObject => ({
  path,
  ...(below === undefined ? {} : { children: below.map(routeOf) }),
  lazy: {
    loader: async () => (await loadCode(code)).loader,
    Component: async () => (await loadCode(code)).Component,
  },
  ErrorBoundary: RouteError,
});

/** The routes of the site map. New for each router, which crosses out what it has loaded. */
export const createRoutes = (): RouteObject[] => [
  { ...routeOf(loginSpot), HydrateFallback: () => <SkeletonRows /> },
  {
    path: "/",
    loader: rootLoader,
    Component: Shell,
    ErrorBoundary: RouteError,
    HydrateFallback: () => <SkeletonRows />,
    children: [...siteMap.map(routeOf), { path: "*", Component: NotFound }],
  },
];
