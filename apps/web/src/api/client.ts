import { buildPath, buildQuery, type PathParams } from "@spillway/contract/paths";
import type { Body, Query, Reply } from "@spillway/contract/schemas";
import {
  type AskName,
  type EndpointName,
  endpoints,
  type ReadName,
  type WriteName,
} from "@spillway/contract/table";
import { uniqueId } from "../lib/unique.ts";
import { errorFrom, Unreachable } from "./api-error.ts";

/** Where an endpoint is, whatever the mount point. */
export function apiUrl<N extends EndpointName>(
  name: N,
  params: PathParams<N>,
  query: Partial<Query<N>> = {},
): string {
  const path =
    buildPath(name, params) + buildQuery(query as Record<string, string | number | boolean | null>);
  return new URL(path.slice(1), document.baseURI).href;
}

const postHeaders = { "content-type": "application/json", "x-spillway-request": "1" };

async function send(url: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new Unreachable("The console does not answer. It may be restarting, or the network is away.", {
      cause: error,
    });
  }
  if (!response.ok) throw await errorFrom(response);
  return response;
}

/** Reads; rejects with {@link ApiError} or {@link Unreachable}. */
export async function read<N extends ReadName>(
  name: N,
  params: PathParams<N>,
  query: Partial<Query<N>> = {},
  signal?: AbortSignal,
): Promise<Reply<N>> {
  const init: RequestInit = { headers: { accept: "application/json" } };
  if (signal !== undefined) init.signal = signal;
  const response = await send(apiUrl(name, params, query), init);
  return (await response.json()) as Reply<N>;
}

/** Reads what takes a body to ask for; changes nothing. Rejects as {@link read} does. */
export async function ask<N extends AskName>(
  name: N,
  params: PathParams<N>,
  body: Body<N>,
  signal?: AbortSignal,
): Promise<Reply<N>> {
  const init: RequestInit = { method: "POST", headers: postHeaders, body: JSON.stringify(body) };
  if (signal !== undefined) init.signal = signal;
  const response = await send(apiUrl(name, params), init);
  return (await response.json()) as Reply<N>;
}

/** Writes once; the key makes a repetition by anything on the way harmless. */
export async function write<N extends WriteName>(
  name: N,
  params: PathParams<N>,
  body: Body<N>,
  key = uniqueId(),
): Promise<Reply<N>> {
  const response = await send(apiUrl(name, params), {
    method: endpoints[name].method,
    headers: { ...postHeaders, "idempotency-key": key },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Reply<N>;
}
