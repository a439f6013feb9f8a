import { createBrowserRouter } from "react-router";
import { mountPath } from "../lib/paths.ts";
import { createRoutes } from "./routes.tsx";

/** Where the server mounted us is what `<base href>` says. */
export const createRouter = () =>
  createBrowserRouter(createRoutes(), { basename: mountPath().replace(/(.)\/$/, "$1") });
