import { type createMemoryRouter, parsePath, type RouterNavigateOptions, type To } from "react-router";
import { chosenIn } from "../features/since/use-since.ts";

type Router = ReturnType<typeof createMemoryRouter>;

/**
 * Carries the moment that changes are shown since from address to address: every link and every navigation bears it, so
 * that it is chosen once, and any address that is copied shows the same. An empty `since` ends it.
 */
export function keepSince(router: Router): Router {
  const { navigate, createHref } = router;
  const chosen = () => chosenIn(new URLSearchParams(router.state.location.search));

  function go(to: number): Promise<void>;
  function go(to: To | null, options?: RouterNavigateOptions): Promise<void>;
  function go(to: number | To | null, options?: RouterNavigateOptions): Promise<void> {
    if (typeof to === "number") return navigate(to);
    return navigate(to === null ? to : withSince(to, chosen()), options);
  }

  router.navigate = go;
  router.createHref = (location) =>
    createHref(
      location instanceof URL ? location : { ...location, search: searchWith(location.search, chosen()) },
    );
  return router;
}

/** The same place with the moment in its query, unless it names its own. */
function withSince(to: To, since: string | null): To {
  const path = typeof to === "string" ? parsePath(to) : to;
  return { ...path, search: searchWith(path.search ?? "", since) };
}

function searchWith(search: string, since: string | null): string {
  const query = new URLSearchParams(search);
  const own = query.get("since");
  if (own === null && since === null) return search;
  if (own === null && since !== null) query.set("since", since);
  if (own === "") query.delete("since");
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}
