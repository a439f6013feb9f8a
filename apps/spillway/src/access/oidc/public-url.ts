/** How browsers reach the console. */
export interface Reached {
  basePath: string;
  /** With the base path; null: by plain http under the host they name. */
  publicUrl: string | null;
}

/** The console's address as the browser that sent this sees it. */
export function publicUrlOf(request: Request, { publicUrl, basePath }: Reached): URL {
  if (publicUrl !== null) return new URL(publicUrl);
  return new URL(basePath, `http://${request.headers.get("Host") ?? new URL(request.url).host}`);
}
