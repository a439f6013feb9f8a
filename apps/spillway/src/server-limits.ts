import type { IncomingMessage, Server, ServerOptions, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** What a request may take before anybody looks at it. Ms, bytes. */
export const SERVER_OPTIONS: ServerOptions = {
  // All headers within this time from the first byte, or from connecting: a connection that says nothing costs a descriptor.
  headersTimeout: 10_000,
  // All of a body; 256 kB are the most that is read.
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  // Longer than nginx and the usual load balancers keep theirs (60 s): whoever closes first must be them.
  keepAliveTimeout: 75_000,
  maxHeaderSize: 16_384,
  requireHostHeader: true,
  insecureHTTPParser: false,
};

const SMALL_BYTES = 65_536;
/** How long somebody who has not finished asking may read the answer. */
const LINGER_MS = 500;

/** Ends what else Node would let go on, and answers what is not HTTP. */
export function limitServer(server: Server): void {
  // Node would leave out what is beyond; the BFF refuses it. Their size is bounded above.
  server.maxHeadersCount = 0;
  server.on("request", lingerShortly);
  server.on("clientError", answerMalformed);
}

/**
 * Whoever goes on sending after the answer is no longer read, and cut off as soon as they had time to read the answer. Node
 * would read a body of any size to its end, to ignore it. One that is known to be small may come to its end.
 */
function lingerShortly(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { socket } = incoming;
  outgoing.once("finish", () => {
    if (incoming.complete) return;
    const isSmall = Number(incoming.headers["content-length"]) <= SMALL_BYTES;
    // After Node, which has begun to read it to its end in this very moment.
    if (!isSmall) setImmediate(() => socket.pause());
    const timer = setTimeout(() => {
      if (!incoming.complete) socket.destroy();
    }, LINGER_MS);
    socket.once("close", () => clearTimeout(timer));
  });
}

/** The headers of a reply that never came to the BFF, which writes its own. */
export const NOTHING_TO_SHOW: Readonly<Record<string, string>> = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
};

const STATUS: Record<string, string> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "413 Payload Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/** No body: nothing of the request comes back. */
function answerMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const status = STATUS[error.code ?? ""] ?? "400 Bad Request";
  const headers = [
    `HTTP/1.1 ${status}`,
    "Connection: close",
    "Content-Length: 0",
    ...Object.entries(NOTHING_TO_SHOW).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${headers.join("\r\n")}\r\n\r\n`);
  // What is not read must not keep it open.
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}
