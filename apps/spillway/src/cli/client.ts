import { buildPath, buildQuery, type PathParams } from "@spillway/contract/paths";
import { type Body, problem, type Query, type Reply, schemas } from "@spillway/contract/schemas";
import type { EndpointName, ReadName, WriteName } from "@spillway/contract/table";
import { CliError } from "./cli-error.ts";
import { EXIT, exitOf } from "./exit-codes.ts";

/** Longer than any action may take; a stream has no end. Ms. */
const PATIENCE_MS = 30_000;

/** Asks a console by its contract. Everything throws {@link CliError}. */
export interface Client {
  read<N extends Exclude<ReadName, "previewSelection">>(
    name: N,
    params: PathParams<N>,
    query?: Query<N>,
  ): Promise<Reply<N>>;
  write<N extends WriteName>(name: N, params: PathParams<N>, body: Body<N>): Promise<Reply<N>>;
  /** What is sent as a file, line by line as it comes. */
  lines<N extends ReadName>(
    name: N,
    params: PathParams<N>,
    query: Query<N>,
    signal: AbortSignal,
  ): AsyncIterable<string>;
  /** The live stream, from after this event on. */
  stream(
    topics: readonly string[],
    lastEventId: string | null,
    signal: AbortSignal,
  ): Promise<ReadableStream<Uint8Array>>;
}

export interface ClientOptions {
  /** Where the console is, with its base path. */
  url: string;
  /** Null: nobody in particular, which is enough where nobody is checked. */
  token: string | null;
}

export function createClient({ url, token }: ClientOptions): Client {
  const base = url.replace(/\/+$/, "");
  const auth: Record<string, string> = token === null ? {} : { Authorization: `Bearer ${token}` };

  async function send(path: string, init: RequestInit): Promise<Response> {
    const headers = { Accept: "application/json", ...auth, ...Object(init.headers) };
    let reply: Response;
    try {
      reply = await fetch(base + path, { ...init, headers, redirect: "manual" });
    } catch (error) {
      throw unreachable(base, error, init.method === "POST");
    }
    if (reply.ok) return reply;
    throw await refusal(reply, base);
  }

  async function ask<N extends EndpointName>(name: N, path: string, init: RequestInit): Promise<Reply<N>> {
    const reply = await send(path, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
    const parsed = schemas[name].reply.safeParse(await reply.json().catch(() => undefined));
    // By the schema of this very endpoint, which the compiler can't follow through a type parameter.
    if (parsed.success) return parsed.data as Reply<N>;
    throw new CliError(
      `${base} answers otherwise than this version understands; are both of the same version?`,
      EXIT.notDone,
    );
  }

  return {
    read: (name, params, query) => ask(name, buildPath(name, params) + buildQuery(texts(query)), {}),
    write: (name, params, body) =>
      ask(name, buildPath(name, params), {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          "X-Spillway-Request": "1",
          "Idempotency-Key": crypto.randomUUID(),
        },
        body: JSON.stringify(body),
      }),
    async *lines(name, params, query, signal) {
      const { body } = await send(buildPath(name, params) + buildQuery(texts(query)), { signal });
      let rest = "";
      for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
        const lines = (rest + part).split("\n");
        rest = lines.pop() ?? "";
        yield* lines;
      }
      if (rest !== "") yield rest;
    },
    async stream(topics, lastEventId, signal) {
      const headers = {
        Accept: "text/event-stream",
        ...(lastEventId !== null && { "Last-Event-ID": lastEventId }),
      };
      const { body } = await send(buildPath("streamEvents", {}) + buildQuery({ topic: topics }), {
        headers,
        signal,
      });
      if (body === null) throw new CliError(`${base} sends no stream.`, EXIT.unavailable);
      return body;
    },
  };
}

/** A write whose answer did not come may have taken effect. */
function unreachable(base: string, error: unknown, isWrite: boolean): CliError {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "no answer";
  const never = code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "EAI_AGAIN";
  if (isWrite && !never)
    return new CliError(
      `${base} did not answer (${code}): it may have taken effect, look before you repeat it.`,
      EXIT.unknown,
    );
  return new CliError(`${base} can't be reached: ${code}. Is --url right?`, EXIT.unavailable);
}

async function refusal(reply: Response, base: string): Promise<CliError> {
  const told = problem.safeParse(await reply.json().catch(() => undefined));
  if (told.success) return new CliError(told.data.detail, exitOf(told.data.code), told.data);
  const hint = reply.status >= 300 && reply.status < 400 ? "sends elsewhere" : `answers ${reply.status}`;
  return new CliError(
    `${base} ${hint} and is no console; is --url its address, with the base path?`,
    EXIT.unavailable,
  );
}

/** A query as it is written. What of it is coerced from text, the compiler knows as anything. */
function texts(query: object | undefined): Record<string, string> {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
