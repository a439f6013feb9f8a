import { createBrowserRouter } from "react-router";
import { mountPath } from "../lib/paths.ts";
import { keepSince } from "./keep-since.ts";
import { createRoutes } from "./routes.tsx";

/** Where the server mounted us is what `<base href>` says. */
export const createRouter = () =>
  keepSince(createBrowserRouter(createRoutes(), { basename: mountPath().replace(/(.)\/$/, "$1") }));
