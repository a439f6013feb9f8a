import {
  type Actor,
  type Authenticator,
  createSessionDoor,
  type Person,
  type SessionDoor,
  type Sessions,
  type SignOn,
  type SignOnVerdict,
} from "@spillway/bff";
import * as client from "openid-client";
import { createFarewells } from "./farewells.ts";
import { endedFlowCookie, type Flow, flowCookie, flowOf } from "./flow-cookie.ts";
import { personOf } from "./person-of.ts";
import { createProvider } from "./provider.ts";
import { publicUrlOf, type Reached } from "./public-url.ts";
import { failureOf, whyOf } from "./why.ts";

export interface OidcOptions extends Reached {
  issuer: string;
  clientId: string;
  clientSecret: string | null;
  scope: string;
  groupsClaim: string;
  rolesOf: (groups: readonly string[]) => string[];
  sessions: Sessions;
  now: () => number;
}

/** People log in at an OpenID provider (code flow, PKCE) and are known by a session's cookie from then on. */
export function oidcMode(options: OidcOptions): Authenticator {
  const { sessions, basePath, issuer } = options;
  const door = createSessionDoor(sessions, "oidc", basePath);
  const provider = createProvider(options);
  const farewells = createFarewells(options, door, provider.last);
  return {
    mode: "oidc",
    remedy: `Log in at ${new URL(issuer).host}.`,
    challenge: "Session",
    identify: async (request) => door.identify(request),
    whenEnded: door.whenEnded,
    onExpired: door.onExpired,
    logout: door.close,
    goodbye: farewells.goodbye,
    signOn: createSignOn(options, provider.configuration, farewells.open),
  };
}

type Opened = ReturnType<SessionDoor["open"]>;
type Open = (person: Person, request: Request, idToken: string) => Opened;

function createSignOn(
  options: OidcOptions,
  configuration: () => Promise<client.Configuration>,
  open: Open,
): SignOn {
  return {
    async begin(request, next) {
      const publicUrl = publicUrlOf(request, options);
      try {
        const config = await configuration();
        const flow: Flow = {
          state: client.randomState(),
          nonce: client.randomNonce(),
          verifier: client.randomPKCECodeVerifier(),
          next,
        };
        const to = client.buildAuthorizationUrl(config, {
          redirect_uri: callbackOf(publicUrl),
          scope: options.scope,
          code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
          code_challenge_method: "S256",
          state: flow.state,
          nonce: flow.nonce,
        });
        return { to: to.href, cookie: flowCookie(flow, publicUrl) };
      } catch (error) {
        return { failed: "provider_down", why: whyOf(error) };
      }
    },

    async finish(request) {
      const publicUrl = publicUrlOf(request, options);
      const { search, searchParams } = new URL(request.url);
      const state = searchParams.get("state") ?? "";
      const flow = flowOf(request, state, publicUrl);
      if (flow === null) {
        const why = "This browser began no such login, or more than ten minutes ago.";
        return { is: "wrong", failed: "expired", why, claimed: null, next: "/", forget: [] };
      }
      const rest = { next: flow.next, forget: [endedFlowCookie(state, publicUrl)] };
      try {
        const back = new URL(callbackOf(publicUrl) + search);
        const { person, idToken } = await exchange(await configuration(), back, flow, options);
        return {
          ...rest,
          ...judge(person, options, (from) => open(person, asBrowserSeesIt(from, publicUrl), idToken)),
        };
      } catch (error) {
        return { ...rest, is: "wrong", failed: failureOf(error), why: whyOf(error), claimed: null };
      }
    },
  };
}

/** Checks what came back, the token's signature too. Rejects if any of it is not as it must be. */
async function exchange(
  config: client.Configuration,
  back: URL,
  { verifier, state, nonce }: Flow,
  { groupsClaim, rolesOf }: OidcOptions,
): Promise<{ person: Person; idToken: string }> {
  const tokens = await client.authorizationCodeGrant(config, back, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (claims === undefined || tokens.id_token === undefined)
    throw new Error("The provider sent no ID token.");
  // Many providers keep groups out of the token and tell them when asked.
  const isAsked =
    claims[groupsClaim] === undefined && config.serverMetadata().userinfo_endpoint !== undefined;
  const more = isAsked ? await client.fetchUserInfo(config, tokens.access_token, claims.sub) : {};
  return { person: personOf({ ...more, ...claims }, groupsClaim, rolesOf), idToken: tokens.id_token };
}

type Judged =
  | Pick<Extract<SignOnVerdict, { is: "right" }>, "is" | "actor" | "open">
  | Pick<Extract<SignOnVerdict, { is: "wrong" }>, "is" | "failed" | "why" | "claimed">;

function judge(person: Person, { groupsClaim }: OidcOptions, open: (request: Request) => Opened): Judged {
  const actor: Actor = { ...person, verified: true, auth: "oidc", session: null };
  if (person.roles.length > 0) return { is: "right", actor, open };
  const why = `${person.name} was let in by the provider, but no group in the claim “${groupsClaim}” has a role here.`;
  return { is: "wrong", failed: "no_role", why, claimed: actor };
}

const callbackOf = (publicUrl: URL): string => new URL("auth/callback", publicUrl).href;

/** What is said of the cookie must hold for the address that the browser shows, whatever proxy ended TLS. */
function asBrowserSeesIt(request: Request, publicUrl: URL): Request {
  return new Request(publicUrl, { headers: { Cookie: request.headers.get("Cookie") ?? "" } });
}
