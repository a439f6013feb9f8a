import { buildPath, buildQuery, type PathParams } from "@spillway/contract/paths";
import type { Body, Query, Reply } from "@spillway/contract/schemas";
import {
  type AskName,
  type EndpointName,
  endpoints,
  type ReadName,
  type WriteName,
} from "@spillway/contract/table";
import { isAttended } from "../lib/attention.ts";
import { takeEarly } from "../lib/early.ts";
import { uniqueId } from "../lib/unique.ts";
import { ApiError, errorFrom, Unreachable } from "./api-error.ts";
import { noteEnd } from "./ended.ts";

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

/** The server answers a read within 6 s; what takes longer is lost, and would keep one of the few connections for ever. Ms. */
const readPatience = 20_000;
const writePatience = 40_000;

async function send<T>(url: string, init: RequestInit, patience: number, given?: AbortSignal): Promise<T> {
  const late = AbortSignal.timeout(patience);
  const signal = given === undefined ? late : AbortSignal.any([given, late]);
  const headers = new Headers(init.headers);
  // The page asks by itself, which keeps no session open.
  if (!isAttended()) headers.set("x-spillway-unattended", "1");
  try {
    const early = init.method === undefined ? takeEarly(url) : undefined;
    const response = await (early ?? fetch(url, { ...init, headers, signal }));
    if (response.ok) return (await response.json()) as T;
    const error = await errorFrom(response);
    noteEnd(error, url);
    throw error;
  } catch (error) {
    if (given?.aborted || error instanceof ApiError || error instanceof SyntaxError) throw error;
    throw new Unreachable("The console does not answer. It may be restarting, or the network is away.", {
      cause: error,
    });
  }
}

/** Reads; rejects with {@link ApiError} or {@link Unreachable}. */
export async function read<N extends ReadName>(
  name: N,
  params: PathParams<N>,
  query: Partial<Query<N>> = {},
  signal?: AbortSignal,
): Promise<Reply<N>> {
  const init = { headers: { accept: "application/json" } };
  return send(apiUrl(name, params, query), init, readPatience, signal);
}

/** Reads what takes a body to ask for; changes nothing. Rejects as {@link read} does. */
export async function ask<N extends AskName>(
  name: N,
  params: PathParams<N>,
  body: Body<N>,
  signal?: AbortSignal,
): Promise<Reply<N>> {
  const init = { method: "POST", headers: postHeaders, body: JSON.stringify(body) };
  return send(apiUrl(name, params), init, readPatience, signal);
}

/** Writes once; the key makes a repetition by anything on the way harmless. */
export async function write<N extends WriteName>(
  name: N,
  params: PathParams<N>,
  body: Body<N>,
  key = uniqueId(),
): Promise<Reply<N>> {
  const init = {
    method: endpoints[name].method,
    headers: { ...postHeaders, "idempotency-key": key },
    body: JSON.stringify(body),
  };
  return send(apiUrl(name, params), init, writePatience);
}
