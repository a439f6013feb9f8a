import type { LoginVerdict } from "../auth/index.ts";
import type { Command } from "../commands/index.ts";
import type { Handlers } from "../http/handlers.ts";
import { ProblemError } from "../http/problem.ts";
import { SIGN_ON } from "../http/sign-on.ts";
import type { Room } from "./room.ts";

/** A user's name is told on record only if it is one: people type their password into the wrong field. */
const NOBODY = "a name that nobody here has";

const ABOUT = { queue: null, jobId: null } as const;

export function loginRoutes(room: Room): Pick<Handlers, "getLogin" | "logIn" | "logOut"> {
  const { authenticator, config } = room;
  return {
    getLogin: ({ actor }) => ({
      mode: authenticator.mode,
      password: authenticator.login !== undefined,
      go_to: authenticator.signOn === undefined ? null : SIGN_ON.begin,
      is_in: actor.roles.length > 0 || actor.verified,
      remedy: authenticator.remedy,
      environment: config.environment,
    }),

    async logIn({ body, c }) {
      const { login, remedy } = authenticator;
      if (login === undefined) throw new ProblemError("conflict", `No password gets in here. ${remedy}`);
      const address = room.peerAddress(c.env);
      const verdict = await login.check({ user: body.user, password: body.password, address });
      if (verdict.is !== "right") return refusal(verdict, authenticator.challenge);
      return {
        ...ABOUT,
        actor: verdict.actor,
        async act(notes) {
          const { actor, cookie } = verdict.open(c.req.raw);
          notes.session = actor.session;
          const reply = { name: actor.name, roles: [...actor.roles] };
          return { affected: 1, reply, headers: { "Set-Cookie": cookie } };
        },
      };
    },

    logOut({ actor, c }) {
      const { logout, remedy, goodbye } = authenticator;
      // Nobody could otherwise fill the audit with it.
      if (!actor.verified) throw new ProblemError("unauthenticated", "Nobody is logged in.");
      if (logout === undefined || actor.session === null)
        throw new ProblemError("conflict", `There is nothing to log out of here. ${remedy}`);
      return {
        ...ABOUT,
        evenUnrecorded: true,
        async act() {
          const reply = { go_to: goodbye?.(c.req.raw, actor) ?? null };
          const cookie = logout(c.req.raw);
          return { affected: 1, reply, ...(cookie !== null && { headers: { "Set-Cookie": cookie } }) };
        },
      };
    },
  };
}

function refusal(verdict: Exclude<LoginVerdict, { is: "right" }>, challenge: string): Command<never> {
  const { claimed } = verdict;
  const wait = verdict.is === "too_often" ? verdict.waitS : 0;
  return {
    ...ABOUT,
    ...(claimed && { actor: claimed }),
    details: { user: claimed?.id ?? NOBODY },
    refuse:
      wait > 0
        ? new ProblemError("rate_limited", `Too many attempts. Try again in ${wait} s.`, {
            headers: { "Retry-After": String(wait) },
          })
        : new ProblemError("unauthenticated", "The name or the password is not right.", {
            headers: { "WWW-Authenticate": challenge },
          }),
  };
}
