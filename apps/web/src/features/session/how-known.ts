import type { Session } from "@spillway/contract/schemas";

const ways: Record<string, string> = {
  none: "nobody checks names here",
  password: "logged in with a password",
  token: "known by a token",
  proxy: "known by the proxy",
  oidc: "logged in elsewhere",
  host: "known by the application around this console",
};

/** `operator · logged in with a password` */
export function howKnown({ actor, auth }: Pick<Session, "actor" | "auth">): string {
  const roles = actor.roles.length === 0 ? "no role" : actor.roles.join(", ");
  return `${roles} · ${ways[auth.mode] ?? auth.mode}`;
}
