import { type Actor, type Bindings, nobody } from "../actor.ts";
import type { Authenticator } from "../authenticator.ts";

/** What the embedding process tells of somebody. */
export interface HostPerson {
  id: string;
  name: string;
  roles: readonly string[];
  /** Tells one login of theirs from another; no secret. */
  session?: string;
}

export interface HostOptions {
  /** Who sent a request; null: nobody that may come in. */
  authorize(request: Request, bindings: Bindings | undefined): HostPerson | null | Promise<HostPerson | null>;
  /** What somebody who isn't known has to do, in one sentence. */
  remedy?: string;
}

/** The process that embeds the console tells who asks. */
export function hostMode({
  authorize,
  remedy = "Log in to the application around this console.",
}: HostOptions) {
  return {
    mode: "host",
    remedy,
    challenge: "Host",
    async identify(request, bindings): Promise<Actor | null> {
      const person = await authorize(request, bindings);
      if (person === null) return null;
      const { id, name, roles, session = null } = person;
      return { ...nobody("host"), id, name, roles: [...roles], session, verified: true };
    },
  } satisfies Authenticator;
}
