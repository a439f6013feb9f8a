import { createBrowserRouter } from "react-router";
import { mountPath } from "../lib/paths.ts";
import { keepChosen } from "./keep-chosen.ts";
import { nameEntry } from "./own-entry.ts";
import { createRoutes } from "./routes.tsx";

/** Where the server mounted us is what `<base href>` says. */
export function createRouter() {
  nameEntry(history);
  return keepChosen(createBrowserRouter(createRoutes(), { basename: mountPath().replace(/(.)\/$/, "$1") }));
}
