import type { Endpoint } from "@spillway/contract/table";
import { ProblemError } from "../http/problem.ts";
import { type Actor, type Bindings, nobody } from "./actor.ts";
import type { Authenticator } from "./authenticator.ts";

/** Who asks for an endpoint. Throws `unauthenticated` where nobody is known and somebody has to be. */
export async function identify(
  authenticator: Authenticator,
  endpoint: Endpoint,
  request: Request,
  bindings: Bindings | undefined,
): Promise<Actor> {
  const actor = await authenticator.identify(request, bindings);
  if (actor !== null) return actor;
  if (endpoint.role === "anyone") return nobody(authenticator.mode);
  throw new ProblemError("unauthenticated", authenticator.remedy, {
    headers: { "WWW-Authenticate": authenticator.challenge },
  });
}
