import type { IncomingMessage } from "node:http";

/** What body parsers leave on a request. */
type Parsed = IncomingMessage & { body?: unknown; rawBody?: unknown };

/**
 * Makes the body of a request readable again that a body parser has read: what it made of it stands for it. False if nothing
 * is left that could.
 */
export function restoreBody(incoming: Parsed): boolean {
  if (incoming.method === "GET" || incoming.method === "HEAD" || !incoming.readableDidRead) return true;
  if (incoming.rawBody instanceof Buffer) return true;
  const { body } = incoming;
  if (body === undefined || body === null) return false;
  incoming.rawBody =
    body instanceof Buffer ? body : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  return true;
}
