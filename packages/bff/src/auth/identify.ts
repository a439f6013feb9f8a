import { type Actor, type Bindings, claimedActor } from "./actor.ts";
import { cleanName, nameFromCookie } from "./name-cookie.ts";

/** Who sent a request, under auth `none`. */
export function identify(request: Request, bindings: Bindings | undefined): Actor {
  const viewer = bindings?.viewer;
  if (viewer) return claimedActor(viewer.name === null ? null : cleanName(viewer.name), viewer.roles);
  return claimedActor(nameFromCookie(request.headers.get("Cookie") ?? undefined));
}
