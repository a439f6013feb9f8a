import type { Actor, AuthMode } from "../actor.ts";
import { cookieNameFor, endedCookie, sessionCookie, sessionSecrets } from "./session-cookie.ts";
import type { Person, Session, Sessions } from "./sessions.ts";

/** Pages ask by themselves too: a request that says so does not keep a session open. */
const UNATTENDED = "X-Spillway-Unattended";

export interface SessionDoor {
  /** Who a request's session belongs to; null without one that lives. */
  identify(request: Request): Actor | null;
  /** Opens a session in place of the one that the request came with. */
  open(person: Person, request: Request): { actor: Actor; cookie: string };
  /** Ends it. Returns the `Set-Cookie` that takes its cookie back; null if it was over. */
  close(request: Request): string | null;
  whenEnded(actor: Actor, ended: (why: string) => void): () => void;
  onExpired(tell: (actor: Actor, why: string) => void): void;
}

/** Sessions in cookies, for every way to log in. */
export function createSessionDoor(sessions: Sessions, auth: AuthMode, basePath: string): SessionDoor {
  const find = (request: Request, isUse: boolean): Session | null => {
    for (const { secret, name } of sessionSecrets(request)) {
      const session = sessions.find(secret, name, isUse);
      if (session) return session;
    }
    return null;
  };
  return {
    identify(request) {
      const session = find(request, isUse(request));
      return session && actorOf(session, auth);
    },
    open(person, request) {
      const before = find(request, false);
      const { secret, session } = sessions.open(person, cookieNameFor(request, basePath));
      if (before) sessions.end(before.id, "Somebody logged in anew.");
      return { actor: actorOf(session, auth), cookie: sessionCookie(session.cookie, secret, basePath) };
    },
    close(request) {
      const session = find(request, false);
      if (session === null) return null;
      sessions.end(session.id, "You logged out.");
      return endedCookie(session.cookie, basePath);
    },
    whenEnded: (actor, ended) =>
      actor.session === null ? () => undefined : sessions.whenEnded(actor.session, actor.roles, ended),
    onExpired(tell) {
      sessions.onExpired = (session, why) => tell(actorOf(session, auth), why);
    },
  };
}

/** A stream that is open, or opened again, says nothing about anybody being there. */
function isUse({ headers }: Request): boolean {
  return headers.get(UNATTENDED) !== "1" && headers.get("Accept") !== "text/event-stream";
}

function actorOf({ id, person }: Session, auth: AuthMode): Actor {
  return { id: person.id, name: person.name, verified: true, roles: person.roles, auth, session: id };
}
