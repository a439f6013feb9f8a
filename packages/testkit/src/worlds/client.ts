import type { Bff, Bindings } from "@spillway/bff";

export type Viewer = NonNullable<Bindings["viewer"]>;

/** What a page of the console would send. */
export interface Client {
  /** `path` is below the mount point, or a whole URL. A body that is no string is sent as JSON. */
  fetch(path: string, init?: ClientInit): Promise<Response>;
  /** POSTs as the pages do; the body defaults to `{}`. */
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
}

export interface ClientInit extends Omit<RequestInit, "body" | "headers"> {
  body?: unknown;
  headers?: Record<string, string>;
}

const ORIGIN = "http://localhost";

/** Talks to the app without a socket, as this viewer. */
export function createClient(app: Bff["app"], basePath: string, viewer: Viewer): Client {
  async function fetch(path: string, init: ClientInit = {}): Promise<Response> {
    const { body, headers, ...rest } = init;
    const url = new URL(path.startsWith("/") ? basePath.replace(/\/$/, "") + path : path, ORIGIN);
    const isWrite = init.method !== undefined && init.method !== "GET" && init.method !== "HEAD";
    const request = new Request(url, {
      ...rest,
      headers: {
        ...(isWrite && { "Content-Type": "application/json", "X-Spillway-Request": "1" }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    return app.fetch(request, { viewer });
  }
  return {
    fetch,
    post: (path, body = {}, headers = {}) => fetch(path, { method: "POST", body, headers }),
  };
}
