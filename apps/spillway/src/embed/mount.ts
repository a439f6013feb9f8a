import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { Logger } from "@spillway/bff";
import type { Composition } from "../compose.ts";
import { answerUnusable } from "../serve.ts";
import { restoreBody } from "./body-again.ts";
import { bindingsOf } from "./host-of.ts";
import type { FastifyLike, Spillway } from "./public-types.ts";
import { bodyWasRead, isClosed, notHere } from "./refusals.ts";

/** What frameworks that cut off the path of a router keep of the whole. */
type Routed = IncomingMessage & { originalUrl?: string };

/** A composition as whatever stands around it can use it. Owns it from then on. */
export function mount<Host>(composition: Composition, basePath: string, log: Logger): Spillway<Host> {
  let closing: Promise<void> | null = null;
  const answer = async (request: Request, host: unknown, incoming: unknown): Promise<Response> =>
    closing === null ? composition.fetch(request, bindingsOf(host, incoming)) : isClosed();
  const toNode = createNodeDoor(answer, log);
  const isOurs = (path: string): boolean => path.startsWith(basePath) || `${path}/` === basePath;
  const close = (): Promise<void> => {
    closing ??= Promise.resolve(composition[Symbol.asyncDispose]());
    return closing;
  };
  return {
    basePath,
    fetch: async (request, host, bindings) =>
      request.bodyUsed ? bodyWasRead() : answer(request, host, incomingOf(bindings)),
    handler(incoming, outgoing, next) {
      const url = wholeUrl(incoming);
      if (isOurs(url.split("?", 1)[0] ?? "")) toNode(incoming, outgoing, incoming, url);
      else if (next) next();
      else toNode.refuse(incoming, outgoing, notHere());
    },
    fastify: (instance) => addRoutes(instance, basePath, toNode, close),
    close,
    [Symbol.asyncDispose]: close,
  };
}

type Answer = (request: Request, host: unknown, incoming: unknown) => Promise<Response>;

interface NodeDoor {
  (incoming: IncomingMessage, outgoing: ServerResponse, host: unknown, url: string): void;
  refuse(incoming: IncomingMessage, outgoing: ServerResponse, reply: Response): void;
}

/** Turns Node's requests into those of the console, whichever framework they came through. */
function createNodeDoor(answer: Answer, log: Logger): NodeDoor {
  const hosts = new WeakMap<object, unknown>();
  const refused = new WeakMap<object, Response>();
  const listener = getRequestListener(
    (request, { incoming }) => refused.get(incoming) ?? answer(request, hosts.get(incoming), incoming),
    {
      overrideGlobalObjects: false,
      hostname: "unknown.invalid",
      errorHandler: (error) => answerUnusable(error, log),
    },
  );
  const refuse: NodeDoor["refuse"] = (incoming, outgoing, reply) => {
    refused.set(incoming, reply);
    void listener(incoming, outgoing);
  };
  const door = (incoming: IncomingMessage, outgoing: ServerResponse, host: unknown, url: string): void => {
    // A router that cuts off its own path from the address puts it back only where it goes on.
    incoming.url = url;
    hosts.set(incoming, host);
    if (restoreBody(incoming)) void listener(incoming, outgoing);
    else refuse(incoming, outgoing, bodyWasRead());
  };
  return Object.assign(door, { refuse });
}

interface FastifyPair {
  request: { raw: IncomingMessage };
  reply: { raw: ServerResponse; hijack(): void };
}

async function addRoutes(
  instance: FastifyLike,
  basePath: string,
  toNode: NodeDoor,
  close: () => Promise<void>,
): Promise<void> {
  // Bodies are left for the console to read, here and nowhere else in the application.
  instance.removeAllContentTypeParsers();
  instance.addContentTypeParser("*", {}, (_request, _payload, done) => done(null));
  const answer = (request: FastifyPair["request"], reply: FastifyPair["reply"]): void => {
    reply.hijack();
    toNode(request.raw, reply.raw, request, wholeUrl(request.raw));
  };
  instance.all(`${basePath}*`, {}, answer);
  if (basePath !== "/") instance.all(basePath.slice(0, -1), {}, answer);
  // Before the server waits for its connections, of which streams are some.
  instance.addHook("preClose", close);
}

const wholeUrl = ({ originalUrl, url }: Routed): string => originalUrl ?? url ?? "/";

function incomingOf(bindings: unknown): unknown {
  return typeof bindings === "object" && bindings !== null ? Reflect.get(bindings, "incoming") : undefined;
}
