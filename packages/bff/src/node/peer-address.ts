/** The address of the peer's socket from what `@hono/node-server` binds to a request; null where there is none. */
export function peerAddress(bindings: unknown): string | null {
  const socket = at(at(bindings, "incoming"), "socket");
  const address = at(socket, "remoteAddress");
  return typeof address === "string" ? address.replace(/^::ffff:(?=\d+\.)/, "") : null;
}

function at(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}
