import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** How an ID token is made; `claims` are those of a good one. */
export interface Forgery {
  header?: object;
  claims?: (good: Record<string, unknown>) => object;
  /** Default: the provider's own key. */
  signature?: (signed: string, keys: Keys) => string;
}

interface Keys {
  own: KeyObject;
  other: KeyObject;
  ownPublic: KeyObject;
}

export const rs256 = (signed: string, key: KeyObject): string =>
  sign("RSA-SHA256", Buffer.from(signed), key).toString("base64url");
export const hs256 = (signed: string, secret: string | Buffer): string =>
  createHmac("sha256", secret).update(signed).digest("base64url");

const KID = "one";

/** A provider on loopback that hands out whatever ID token a test wants. */
export async function startForgingProvider() {
  const own = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const keys: Keys = {
    own: own.privateKey,
    other: generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey,
    ownPublic: createPublicKey(own.privateKey),
  };
  const next = { forgery: {} as Forgery, nonce: "", subject: "ana-1" };
  const server = createServer((request, reply) => {
    const path = new URL(request.url ?? "/", issuer()).pathname;
    reply.setHeader("Content-Type", "application/json");
    if (path === "/.well-known/openid-configuration") reply.end(JSON.stringify(metadata()));
    else if (path === "/jwks")
      reply.end(
        JSON.stringify({
          keys: [{ ...keys.ownPublic.export({ format: "jwk" }), kid: KID, alg: "RS256", use: "sig" }],
        }),
      );
    else if (path === "/token")
      reply.end(
        JSON.stringify({ access_token: "a", token_type: "Bearer", expires_in: 60, id_token: idToken() }),
      );
    else reply.writeHead(404).end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const issuer = () => `http://127.0.0.1:${port}`;
  const metadata = () => ({
    issuer: issuer(),
    authorization_endpoint: `${issuer()}/authorize`,
    token_endpoint: `${issuer()}/token`,
    jwks_uri: `${issuer()}/jwks`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
  });
  const idToken = (): string => {
    const now = Math.floor(Date.now() / 1_000);
    const { nonce, subject: sub, forgery } = next;
    const good = {
      iss: issuer(),
      aud: "spillway",
      sub,
      iat: now,
      exp: now + 300,
      nonce,
      name: "Ana",
      groups: ["sre"],
    };
    const signed = `${encode(forgery.header ?? { alg: "RS256", kid: KID })}.${encode(forgery.claims?.(good) ?? good)}`;
    return `${signed}.${forgery.signature?.(signed, keys) ?? rs256(signed, keys.own)}`;
  };
  return {
    issuer: issuer(),
    next,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}
