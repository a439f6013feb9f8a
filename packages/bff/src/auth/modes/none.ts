import { claimedActor } from "../actor.ts";
import type { Authenticator } from "../authenticator.ts";
import { cleanName, nameFromCookie } from "../name-cookie.ts";

/** Nobody is checked: for a console that only its own machine can reach. */
export function openToAll(): Authenticator {
  return {
    mode: "none",
    remedy: "Nobody has to log in here.",
    challenge: "None",
    async identify(request, bindings) {
      const viewer = bindings?.viewer;
      if (viewer) return claimedActor(viewer.name === null ? null : cleanName(viewer.name), viewer.roles);
      return claimedActor(nameFromCookie(request.headers.get("Cookie") ?? undefined));
    },
  };
}
