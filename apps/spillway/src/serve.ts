import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { getRequestListener, RequestError } from "@hono/node-server";
import type { Logger } from "@spillway/bff";
import type { Composition } from "./compose.ts";
import { limitServer, NOTHING_TO_SHOW, SERVER_OPTIONS } from "./server-limits.ts";

/** After this long, connections that are still open are cut. Ms; shutting down as a whole stays below 15 s. */
const CLOSE_DEADLINE_MS = 10_000;
const IDLE_CHECK_MS = 50;

export interface Listening {
  /** Where it is, with the base path and without a trailing slash at the root. */
  url: string;
  /** Stops accepting, says goodbye to streams, disposes what was composed. */
  close(): Promise<void>;
}

export interface ListenOptions {
  host: string;
  port: number;
  basePath: string;
}

/** Listens. Rejects with the system's error, e.g. `EADDRINUSE`. Owns the composition from then on. */
export async function listen(
  composition: Composition,
  options: ListenOptions,
  log: Logger,
): Promise<Listening> {
  const listener = getRequestListener((request, bindings) => composition.fetch(request, bindings), {
    // Its own way of ending unread requests reads up to 64 MB of them.
    autoCleanupIncoming: false,
    overrideGlobalObjects: false,
    // Stands in where a request names no host, so that it is parsed and then refused as a foreign one.
    hostname: "unknown.invalid",
    errorHandler: (error) => answerUnusable(error, log),
  });
  const server = createServer(SERVER_OPTIONS, (incoming, outgoing) => void listener(incoming, outgoing));
  limitServer(server);
  const unused = trackUnused(server);
  server.listen(options.port, options.host);
  await once(server, "listening");
  server.on("error", (error) => log.error("The server failed.", { error }));
  return {
    url: urlOf(server.address(), options),
    close: () => close(server, unused, composition),
  };
}

/** What is HTTP and yet no request that could be handed on, e.g. for a host that is no name; or nobody could answer it. */
export function answerUnusable(error: unknown, log: Logger): Response {
  const isRequest = error instanceof RequestError;
  if (!isRequest) log.error("A request could not be answered.", { error });
  return new Response(null, { status: isRequest ? 400 : 500, headers: NOTHING_TO_SHOW });
}

/** Connections on which nothing was asked yet: browsers keep spare ones, and Node does not count them as idle. */
function trackUnused(server: Server): ReadonlySet<Socket> {
  const unused = new Set<Socket>();
  server.on("connection", (socket) => {
    unused.add(socket);
    socket.once("close", () => unused.delete(socket));
  });
  server.on("request", ({ socket }) => unused.delete(socket));
  return unused;
}

async function close(server: Server, unused: ReadonlySet<Socket>, composition: Composition): Promise<void> {
  const closed = once(server, "close");
  server.close();
  for (const socket of unused) socket.destroy();
  // Streams end with the BFF; a connection that idles between two requests would hold the server open.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const late = setTimeout(() => server.closeAllConnections(), CLOSE_DEADLINE_MS);
  try {
    await composition[Symbol.asyncDispose]();
  } finally {
    await closed;
    clearInterval(idle);
    clearTimeout(late);
  }
}

function urlOf(address: string | AddressInfo | null, options: ListenOptions): string {
  const port = address !== null && typeof address === "object" ? address.port : options.port;
  const host = options.host.includes(":") ? `[${options.host}]` : options.host;
  return `http://${host}:${port}${options.basePath === "/" ? "" : options.basePath}`;
}
