import type { Actor, Person, SessionDoor } from "@spillway/bff";
import * as client from "openid-client";
import { publicUrlOf, type Reached } from "./public-url.ts";

/** Longer ones are not kept: they would not fit into an address. */
const LONGEST_HINT = 4_000;

/**
 * Ends logins at the provider too, where it has a way (RP-initiated logout). Each session's ID token is kept as long as the
 * session lives: some providers end nothing without it, others ask first whether one means it.
 */
export function createFarewells(
  reached: Reached,
  door: SessionDoor,
  provider: () => client.Configuration | null,
) {
  const hints = new Map<string, string>();
  return {
    open(person: Person, request: Request, idToken: string): ReturnType<SessionDoor["open"]> {
      const opened = door.open(person, request);
      const { session } = opened.actor;
      if (session !== null && idToken.length <= LONGEST_HINT) {
        hints.set(session, idToken);
        door.whenEnded(opened.actor, () => hints.delete(session));
      }
      return opened;
    },

    /** The way out at the provider, and from there back to the login page here and nowhere else. */
    goodbye(request: Request, { session }: Actor): string | null {
      const config = provider();
      if (session === null || config?.serverMetadata().end_session_endpoint === undefined) return null;
      const hint = hints.get(session);
      const url = client.buildEndSessionUrl(config, {
        post_logout_redirect_uri: new URL("login", publicUrlOf(request, reached)).href,
        ...(hint !== undefined && { id_token_hint: hint }),
      });
      return /^https?:$/.test(url.protocol) ? url.href : null;
    },
  };
}
