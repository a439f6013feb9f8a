import type { IncomingMessage, ServerResponse } from "node:http";

/** Somebody whom your application knows. */
export interface SpillwayPerson {
  /** What the audit keeps; it stays the same when the name changes. */
  id: string;
  /** What others see. */
  name: string;
  /** `viewer`, `operator`, `admin`, or roles of your `rolesFile`. Who has none may do and see nothing. */
  roles: readonly string[];
  /** Tells one login of theirs from another in the audit; no secret. */
  session?: string;
}

/** Where log lines go. */
export interface SpillwayLog {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** The settings of `spillway --help` that make sense within another process: `--audit-file FILE` is `auditFile: "FILE"`. */
export interface SpillwaySettings {
  /** What runs the queues. Default: `bullmq` where `redis` is named, else `embedded`, to rehearse. */
  engine?: "embedded" | "bullmq";
  scenario?: string;
  redis?: string;
  prefix?: string;
  queues?: readonly string[];
  /** Where browsers find the console, and where your application hands requests on; `/ops/queues`. Default: `/`. */
  basePath?: string;
  /** Host names (without port) by which browsers may call it, beside those of the machine itself. */
  allowedHost?: readonly string[];
  trustedProxy?: readonly string[];
  /** Programs get in with the tokens of this file too. */
  tokensFile?: string;
  rolesFile?: string;
  readOnly?: boolean;
  readOnlyQueue?: readonly string[];
  limits?: string;
  hsts?: boolean;
  sampleInterval?: string;
  history?: string | number;
  expectedWorkers?: string | number;
  auditSize?: number;
  auditFile?: string;
  auditWebhook?: string;
  /** Sent to the webhook as `Authorization`. */
  auditWebhookSecret?: string;
  auditRequired?: boolean;
  otlpEndpoint?: string;
  /** Sent to it as `Authorization`. */
  otlpSecret?: string;
  operationsFile?: string;
  redactKeys?: readonly string[];
  noRedactKeys?: readonly string[];
  redactPattern?: readonly string[];
  /** The environment's name, on every screen. */
  name?: string;
  tone?: "red" | "amber" | "green";
  /** A file with links, task notes and required reasons. */
  config?: string;
}

/** `Host`: what your framework knows of a request: Hono's context, the request of Express, Fastify or Node. */
export interface SpillwayOptions<Host> extends SpillwaySettings {
  /**
   * Who sent this request; null: nobody that may come in (401). There is no default. Asked for each request, so it must be
   * quick; what it throws lets nobody in. Of a stream that is open it is asked again every 5 s with what opened it, and any other
   * answer ends the stream.
   */
  authorize(host: Host, request: Request): SpillwayPerson | null | Promise<SpillwayPerson | null>;
  /** Default: lines on standard error. */
  log?: SpillwayLog;
}

/** As much of a Fastify instance as the plugin touches. */
export interface FastifyLike {
  removeAllContentTypeParsers(): unknown;
  addContentTypeParser(
    type: string,
    options: object,
    parser: (request: never, payload: never, done: (error: null) => void) => void,
  ): unknown;
  all(path: string, options: object, handler: (request: never, reply: never) => void): unknown;
  addHook(name: "preClose", hook: () => Promise<void>): unknown;
}

/** A console that runs within your process. */
export interface Spillway<Host> extends AsyncDisposable {
  /** With both slashes. */
  readonly basePath: string;
  /** Answers one request; for Hono and whatever else speaks fetch. `bindings`: what the server knows of it, for the address. */
  fetch(request: Request, host: Host, bindings?: unknown): Promise<Response>;
  /** For Node's own server, Express and what is like it. Requests that aren't for the console go to `next`, or are 404. */
  handler(incoming: IncomingMessage, outgoing: ServerResponse, next?: (error?: unknown) => void): void;
  /** A Fastify plugin: `app.register(console.fastify)`, without a prefix. */
  fastify(instance: FastifyLike): Promise<void>;
  /** Says goodbye to streams and lets everything go; call it before you close your server. */
  close(): Promise<void>;
}

/** Rejects in one line that says what to change. Resolves also while Redis is away: it heals by itself. */
export type CreateSpillway = <Host>(options: SpillwayOptions<Host>) => Promise<Spillway<Host>>;
