import type { Clock } from "@spillway/engine";
import { type Actor, type Bindings, nobody, sameRoles } from "../actor.ts";
import type { Asked, Authenticator } from "../authenticator.ts";

/** What the embedding process tells of somebody. */
export interface HostPerson {
  id: string;
  name: string;
  roles: readonly string[];
  /** Tells one login of theirs from another; no secret. */
  session?: string;
}

export interface HostOptions {
  /** Who sent a request; null: nobody that may come in. Of one whose stream is open it is asked again and again. */
  authorize(request: Request, bindings: Bindings | undefined): HostPerson | null | Promise<HostPerson | null>;
  clock: Clock;
  /** What somebody who isn't known has to do, in one sentence. */
  remedy?: string;
}

/** How soon a stream ends whose login did; an answer may take as long once more. Ms. */
const LOOK_AGAIN_MS = 5_000;

/** The process that embeds the console tells who asks. */
export function hostMode({
  authorize,
  clock,
  remedy = "Log in to the application around this console.",
}: HostOptions) {
  /** In words, why this is no longer who it was; null: it is. What the application throws lets nobody stay. */
  async function whyNot({ id, session, roles }: Actor, { request, bindings }: Asked): Promise<string | null> {
    try {
      const now = await authorize(request, bindings);
      if (now === null) return "The login to the application around this console has ended.";
      const isSame = now.id === id && (now.session ?? null) === session && sameRoles(now.roles, roles);
      return isSame ? null : "The application around this console names somebody else, or other roles.";
    } catch {
      return SILENT;
    }
  }

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
    whenEnded(actor, ended, asked) {
      let isWaiting = true;
      let isAsking = false;
      let cancel = (): void => undefined;
      const stop = (): void => {
        isWaiting = false;
        cancel();
      };
      const end = (why: string): void => {
        if (!isWaiting) return;
        stop();
        ended(why);
      };
      const look = (): void => {
        if (isAsking) {
          end(SILENT);
          return;
        }
        isAsking = true;
        cancel = clock.after(LOOK_AGAIN_MS, look);
        void whyNot(actor, asked).then((why) => {
          isAsking = false;
          if (why !== null) end(why);
        });
      };
      cancel = clock.after(LOOK_AGAIN_MS, look);
      return stop;
    },
  } satisfies Authenticator;
}

const SILENT = "The application around this console can't tell any more who this is.";
