/** Of the page: it lets that one address pass. */
const STREAM = "spillway-stream";

/** How a page is served, where that is not as in production. */
export interface PolicyOptions {
  /** Of inline scripts and styles, which only the development server makes. */
  nonce?: string;
  /** Further origins the page may talk to, e.g. `ws:` for reloading. */
  connect?: readonly string[];
  /** Further trusted types policies, each for the address of one worker: the demo answers its own requests in one. */
  policies?: readonly string[];
}

/**
 * The content security policy of the console: what is not its own file is not loaded, nothing inline runs, and no text becomes
 * script but the address of the worker that pages share their stream in.
 */
export function contentPolicy({ nonce, connect = [], policies = [] }: PolicyOptions = {}): string {
  const inline = nonce === undefined ? "" : ` 'nonce-${nonce}'`;
  return [
    "default-src 'none'",
    `script-src 'self'${inline}`,
    `style-src 'self'${inline}`,
    "img-src 'self'",
    "font-src 'self'",
    `connect-src ${["'self'", ...connect].join(" ")}`,
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "require-trusted-types-for 'script'",
    `trusted-types ${[STREAM, ...policies].join(" ")}`,
  ].join("; ");
}
