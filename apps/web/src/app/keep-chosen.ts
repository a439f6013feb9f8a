import { type createMemoryRouter, parsePath, type RouterNavigateOptions, type To } from "react-router";
import { chosenIn } from "../features/since/use-since.ts";
import { zoneIn } from "../features/zone/use-zone.ts";

type Router = ReturnType<typeof createMemoryRouter>;

/** What is carried, and how it is read from a query: null where nothing is chosen. */
const carried = { since: chosenIn, tz: zoneIn };
const names = ["since", "tz"] as const;

/**
 * Carries the moment that changes are shown since, and the zone of the times, from address to address: every link and every
 * navigation bears them, so that they are chosen once, and any address that is copied shows the same. An empty one ends it.
 */
export function keepChosen(router: Router): Router {
  const { navigate, createHref } = router;
  const now = () => new URLSearchParams(router.state.location.search);

  function go(to: number): Promise<void>;
  function go(to: To | null, options?: RouterNavigateOptions): Promise<void>;
  function go(to: number | To | null, options?: RouterNavigateOptions): Promise<void> {
    if (typeof to === "number") return navigate(to);
    return navigate(to === null ? to : withChosen(to, now()), options);
  }

  router.navigate = go;
  router.createHref = (location) =>
    createHref(
      location instanceof URL ? location : { ...location, search: searchWith(location.search, now()) },
    );
  return router;
}

/** The same place with what is chosen in its query, unless it names its own. */
function withChosen(to: To, now: URLSearchParams): To {
  const path = typeof to === "string" ? parsePath(to) : to;
  return { ...path, search: searchWith(path.search ?? "", now) };
}

function searchWith(search: string, now: URLSearchParams): string {
  const query = new URLSearchParams(search);
  let changed = false;
  for (const name of names) {
    const own = query.get(name);
    const chosen = carried[name](now);
    if (own === null && chosen === null) continue;
    changed = true;
    if (own === null && chosen !== null) query.set(name, chosen);
    if (own === "") query.delete(name);
  }
  if (!changed) return search;
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}
