import { lookup } from "node:dns";
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { AuditSink } from "../deps.ts";
import { isLinkLocal } from "./link-local.ts";

/** How long a batch may take, from the connection to the last byte of the answer. Ms. */
const TIMEOUT_MS = 3_000;
/** One after the other, on a connection that is kept. */
const AGENT = { keepAlive: true, maxSockets: 1 };

export interface AuditWebhookOptions {
  /** `http:` or `https:`, checked by whoever composes. */
  url: string;
  /** The value of the Authorization header; null sends none. */
  authorization: string | null;
  /** What it is called where sinks are told of; default: `webhook`. */
  kind?: AuditSink["kind"];
  /** How lines are sent; default: as they are. */
  encode?: (lines: readonly string[]) => { type: string; body: string };
}

const asLines = (lines: readonly string[]) => ({
  type: "application/x-ndjson; charset=utf-8",
  body: lines.map((line) => `${line}\n`).join(""),
});

/**
 * Copies the audit to an HTTP collector: POST, NDJSON, an entry a line. Any 2xx says that they are safe; anything else, a
 * redirect too, that they are not. An entry may come twice; its `hash` tells.
 */
export function createAuditWebhook({
  url,
  authorization,
  kind = "webhook",
  encode = asLines,
}: AuditWebhookOptions): AuditSink & AsyncDisposable {
  const target = new URL(url);
  const isSecure = target.protocol === "https:";
  const agent = isSecure ? new HttpsAgent(AGENT) : new HttpAgent(AGENT);
  const headers = {
    "User-Agent": "spillway",
    ...(authorization !== null && { Authorization: authorization }),
  };

  function post({ type, body }: { type: string; body: string }): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    // Neither of the two follows redirects, nor reads proxies from the environment.
    const send = isSecure ? httpsRequest : httpRequest;
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const length = Buffer.byteLength(body);
    const options = {
      method: "POST",
      agent,
      signal,
      lookup: guarded,
      headers: { ...headers, "Content-Type": type, "Content-Length": length },
    };
    const sent = send(target, options, (reply: IncomingMessage) => {
      // What it says besides is nobody's business here, but the connection needs it read.
      reply.resume();
      reply.on("end", () => resolve(reply.statusCode ?? 0));
      reply.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
    return promise;
  }

  return {
    kind,
    target: target.host,
    async append(lines) {
      let status: number;
      try {
        status = await post(encode(lines));
      } catch (error) {
        throw new Error(inWords(error), { cause: error });
      }
      if (status < 200 || status > 299) throw new Error(`it answered ${status}`);
    },
    async [Symbol.asyncDispose]() {
      agent.destroy();
    },
  };
}

/** A name may point anywhere by the time it is asked: never to where a cloud tells its machines their secrets. */
const guarded: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const allowed = addresses.filter(({ address }) => !isLinkLocal(address));
    const [first] = allowed;
    if (first === undefined) return callback(new Error("its name points to a link-local address"), []);
    if (options.all) callback(null, allowed);
    else callback(null, first.address, isIP(first.address));
  });
};

const WORDS: Record<string, string> = {
  ECONNREFUSED: "nothing listens there",
  ENOTFOUND: "its name is not known",
  EAI_AGAIN: "its name can't be looked up",
  ECONNRESET: "the connection was cut",
  EPIPE: "the connection was cut",
  EHOSTUNREACH: "it can't be reached",
  ENETUNREACH: "it can't be reached",
};

function inWords(error: unknown): string {
  if (!(error instanceof Error)) return "it failed";
  if (error.name === "AbortError" || error.name === "TimeoutError")
    return `no answer within ${TIMEOUT_MS / 1_000} s`;
  const code = "code" in error ? String(error.code) : "";
  return WORDS[code] === undefined ? error.message : `${WORDS[code]} (${code})`;
}
