import { createHash } from "node:crypto";
import { problem } from "@spillway/contract/schemas";
import type { QueueEngine } from "@spillway/engine";
import {
  createEmbeddedEngine,
  createManualClock,
  createRehearsal,
  type EmbeddedEngine,
  type ManualClock,
} from "@spillway/engine-embedded";
import { expect } from "vitest";
import { createBff } from "./create-bff.ts";
import type { BffConfig, BffDeps } from "./deps.ts";

export const START = Date.UTC(2026, 10, 23, 14, 0, 0);

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

export const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const CONFIG: BffConfig = {
  basePath: "/",
  version: "0.0.0",
  sampleIntervalMs: 1_000,
  historySamples: 100,
  coarserHistory: [],
  auditSize: 5_000,
  expectedWorkers: { total: null, queues: {} },
  environment: { name: null, tone: null },
  links: [],
  taskNotes: {},
  reasonRequired: [],
  allowedHosts: [],
  limits: null,
};

export interface AppOptions {
  /** Default: one that stands still at {@link START}. */
  clock?: ManualClock;
  scenario?: string;
  config?: Partial<BffConfig>;
  wrapEngine?: (engine: EmbeddedEngine) => QueueEngine;
  deps?: Partial<BffDeps>;
}

/** A sink that keeps lines in memory; `check` may throw, and then none of them are kept. */
export function memorySink(lines: string[], check: () => Promise<void> | undefined = () => undefined) {
  return {
    kind: "file" as const,
    target: "memory",
    async append(more: readonly string[]) {
      const checked = check();
      if (checked !== undefined) await checked;
      lines.push(...more);
    },
    async *readBack() {
      yield* lines.slice();
    },
  };
}

/** The app on an embedded engine whose time stands still, and ways to talk to it. */
export async function startApp({
  clock = createManualClock(START),
  scenario,
  config,
  wrapEngine,
  deps,
}: AppOptions = {}) {
  const engine = createEmbeddedEngine({ clock, ...(scenario !== undefined && { scenario }) });
  const bff = createBff({
    engine: wrapEngine?.(engine) ?? engine,
    clock,
    sha256,
    log: silent,
    rehearsal: createRehearsal(engine),
    ...deps,
    config: { ...CONFIG, ...config },
  });
  await bff.start();

  /** As a program would, unless told who looks. */
  const send = (
    path: string,
    init: RequestInit = {},
    viewer?: { name: string | null; roles?: readonly string[] },
  ) => Promise.resolve(bff.app.fetch(new Request(`http://localhost:4600${path}`, init), { viewer }));
  const post = (
    path: string,
    body: unknown = {},
    headers: Record<string, string> = {},
    roles?: readonly string[],
  ) =>
    send(
      path,
      {
        method: "POST",
        body: typeof body === "string" ? body : JSON.stringify(body),
        headers: { "Content-Type": "application/json", "X-Spillway-Request": "1", ...headers },
      },
      roles && { name: "Ana", roles },
    );
  const json = async (path: string) => (await send(path)).json();
  return { clock, engine, bff, app: bff.app, send, post, json, close: () => bff[Symbol.asyncDispose]() };
}

/** The problem a reply is; fails if it is none of this status. */
export async function problemOf(reply: Response, status: number) {
  const body = problem.parse(await reply.json());
  expect({ status: reply.status, says: body.status }).toEqual({ status, says: status });
  expect(reply.headers.get("Content-Type")).toBe("application/problem+json");
  return body;
}
