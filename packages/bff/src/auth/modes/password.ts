import type { Clock } from "@spillway/engine";
import type { Actor } from "../actor.ts";
import type { Authenticator, Login, LoginClaim } from "../authenticator.ts";
import { createSessionDoor, type SessionDoor } from "../sessions/session-door.ts";
import type { Person, Sessions } from "../sessions/sessions.ts";
import { createLoginLimits } from "./login-limits.ts";

/** Those who may log in with a password. */
export interface Users {
  /** By their login name; null if there is none of it. */
  find(id: string): Person | null;
  /** Takes as long for those who don't exist. */
  verify(id: string, password: string): Promise<boolean>;
}

export interface PasswordOptions {
  clock: Clock;
  users: Users;
  /** Made to ask these users whether somebody is still one of them. */
  sessions: Sessions;
  basePath: string;
}

/** Passwords that are checked at the same time: each takes memory and a core. */
const MOST_AT_ONCE = 2;
const MOST_WAITING = 32;

/** People log in with a name and a password, and are known by a session's cookie from then on. */
export function passwordMode(options: PasswordOptions): Authenticator {
  const { sessions, basePath } = options;
  const door = createSessionDoor(sessions, "password", basePath);
  return {
    mode: "password",
    remedy: "Log in first.",
    challenge: "Session",
    identify: async (request) => door.identify(request),
    whenEnded: door.whenEnded,
    onExpired: door.onExpired,
    login: createLogin(options, door),
    logout: door.close,
  };
}

function createLogin({ clock, users }: PasswordOptions, door: SessionDoor): Login {
  const limits = createLoginLimits(clock);
  const verify = oneAfterAnother(users);
  return {
    async check({ user: typed, password, address }: LoginClaim) {
      const user = typed.toLowerCase();
      const known = users.find(user);
      const claimed = known ? claimedBy(known) : null;
      const wait = limits.take(user, address);
      if (wait > 0) return { is: "too_often", waitS: wait, claimed };
      const isRight = await verify(user, password);
      if (isRight === null) return { is: "too_often", waitS: 1, claimed };
      const person = isRight ? users.find(user) : null;
      if (person === null) return { is: "wrong", claimed };
      limits.succeeded(user, address);
      return { is: "right", open: (request) => door.open(person, request), actor: verified(person) };
    },
  };
}

const claimedBy = ({ id, name }: Person): Actor => ({
  id,
  name,
  verified: false,
  roles: [],
  auth: "password",
  session: null,
});

const verified = (person: Person): Actor => ({ ...claimedBy(person), verified: true, roles: person.roles });

/** Null where too many wait already. */
function oneAfterAnother(users: Users) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (user: string, password: string): Promise<boolean | null> => {
    if (running < MOST_AT_ONCE) running++;
    else if (waiting.length >= MOST_WAITING) return null;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await users.verify(user, password);
    } finally {
      // Whoever waits takes this place over.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
