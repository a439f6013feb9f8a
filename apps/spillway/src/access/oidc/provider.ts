import * as client from "openid-client";

export interface ProviderOptions {
  issuer: string;
  clientId: string;
  /** Null: a public client, which PKCE alone protects. */
  clientSecret: string | null;
  /** Epoch ms. */
  now: () => number;
}

/** What an identity provider says of itself is asked again after so long. Ms. */
const KNOWN_FOR_MS = 3_600_000;
const TIMEOUT_S = 5;
/** How far its clock may be from ours. Seconds. */
const CLOCK_TOLERANCE_S = 30;

/** Asks the provider what it is when somebody first wants to log in, and again as long as it does not answer. */
export function createProvider({ issuer, clientId, clientSecret, now }: ProviderOptions) {
  let known: { since: number; configuration: Promise<client.Configuration> } | null = null;
  let last: client.Configuration | null = null;

  async function discover(): Promise<client.Configuration> {
    const isPlain = new URL(issuer).protocol === "http:";
    const metadata = {
      [client.clockTolerance]: CLOCK_TOLERANCE_S,
      ...(clientSecret !== null && { client_secret: clientSecret }),
    };
    const authentication = clientSecret === null ? client.None() : undefined;
    // A token is believed for its signature, not for the connection it came over.
    const execute = [client.enableNonRepudiationChecks, ...(isPlain ? [client.allowInsecureRequests] : [])];
    return client.discovery(new URL(issuer), clientId, metadata, authentication, {
      timeout: TIMEOUT_S,
      execute,
    });
  }

  /** Rejects if it can't be asked. */
  function configuration(): Promise<client.Configuration> {
    if (known !== null && now() - known.since < KNOWN_FOR_MS) return known.configuration;
    const asked = { since: now(), configuration: discover() };
    known = asked;
    asked.configuration.then(
      (answer) => {
        last = answer;
      },
      () => {
        if (known === asked) known = null;
      },
    );
    return asked.configuration;
  }
  /** What it said of itself last; null before it was ever asked. */
  return { configuration, last: () => last };
}
