import { type Bff, type BffConfig, type BffDeps, createBff, sha256 } from "@spillway/bff";
import type { Clock, QueueEngine } from "@spillway/engine";
import {
  createEmbeddedEngine,
  createManualClock,
  createRehearsal,
  type EmbeddedEngine,
  type ManualClock,
  realClock,
} from "@spillway/engine-embedded";
import { type Client, createClient, type Viewer } from "./client.ts";

export interface WorldOptions {
  /** None: an empty engine. */
  scenario?: string;
  seed?: number;
  speed?: number;
  /** When a manual clock starts. Epoch ms. */
  startAt?: number;
  config?: Partial<BffConfig>;
  /** Stands before the engine, e.g. to make it fail. */
  wrapEngine?: (engine: EmbeddedEngine) => QueueEngine;
  /** Replaces any other part. */
  deps?: Partial<Omit<BffDeps, "engine" | "clock" | "config">>;
}

/** A running BFF on the embedded engine; works in a page as well as in Node. */
export interface World<C extends Clock = Clock> extends Client, AsyncDisposable {
  engine: EmbeddedEngine;
  clock: C;
  bff: Bff;
  app: Bff["app"];
  config: BffConfig;
  /** The same console as another person sees it; `null` has not said a name. */
  as(name: string | null, roles?: Viewer["roles"]): Client;
  /** Answers a request as its page would get it, for a service worker to hand on. Names are taken as they are said. */
  handle(request: Request): Promise<Response>;
}

const START = Date.UTC(2026, 0, 15, 12, 0, 0);

export const defaultConfig: BffConfig = {
  basePath: "/",
  version: "0.1.0",
  sampleIntervalMs: 1_000,
  historySamples: 600,
  coarserHistory: [],
  auditSize: 1_000,
  expectedWorkers: { total: null, queues: {} },
  environment: { name: null, tone: null },
  links: [],
  taskNotes: {},
  reasonRequired: [],
  allowedHosts: [],
  limits: null,
};

/** `clock: "manual"` stands still until told to go on; then nothing happens by itself. */
export function createWorld(options?: WorldOptions & { clock?: "manual" }): Promise<World<ManualClock>>;
export function createWorld(options: WorldOptions & { clock: "real" }): Promise<World>;
export async function createWorld(
  options: WorldOptions & { clock?: "manual" | "real" } = {},
): Promise<World> {
  const clock = options.clock === "real" ? realClock() : createManualClock(options.startAt ?? START);
  const { scenario, seed = 1, speed = 1 } = options;
  const engine = createEmbeddedEngine({ clock, seed, speed, ...(scenario !== undefined && { scenario }) });
  const config = { ...defaultConfig, ...options.config };
  const bff = createBff({
    engine: options.wrapEngine?.(engine) ?? engine,
    clock,
    sha256,
    log: SILENT,
    rehearsal: createRehearsal(engine),
    ...options.deps,
    config,
  });
  await bff.start();
  const as = (name: string | null, roles?: Viewer["roles"]): Client =>
    createClient(bff.app, config.basePath, { name, ...(roles && { roles }) });
  return {
    ...as(null),
    engine,
    clock,
    bff,
    app: bff.app,
    config,
    as,
    handle: createPage(bff.app),
    async [Symbol.asyncDispose]() {
      await bff[Symbol.asyncDispose]();
      await engine[Symbol.asyncDispose]();
    },
  };
}

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A page can neither set nor read cookies on what passes here: the name it said is kept beside it. */
function createPage(app: Bff["app"]): (request: Request) => Promise<Response> {
  let name: string | null = null;
  return async (request) => {
    const isNaming = request.method === "POST" && new URL(request.url).pathname.endsWith("/api/session/name");
    const reply = await app.fetch(request, { viewer: { name } });
    if (isNaming && reply.ok) {
      const said: unknown = await reply.clone().json();
      if (typeof said === "object" && said !== null && "name" in said) name = String(said.name);
    }
    return reply;
  };
}
