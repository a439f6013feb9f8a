/** How a page is served, where that is not as in production. */
export interface PolicyOptions {
  /** Of inline scripts and styles, which only the development server makes. */
  nonce?: string;
  /** Further origins the page may talk to, e.g. `ws:` for reloading. */
  connect?: readonly string[];
  /** It answers its own requests in a service worker, as the demo does; the trusted types policy `spillway` names its script. */
  worker?: boolean;
}

/**
 * The content security policy of the console: what is not its own file is not loaded, nothing inline runs, and no text becomes
 * script, as no trusted types policy may be made.
 */
export function contentPolicy({ nonce, connect = [], worker = false }: PolicyOptions = {}): string {
  const inline = nonce === undefined ? "" : ` 'nonce-${nonce}'`;
  return [
    "default-src 'none'",
    `script-src 'self'${inline}`,
    `style-src 'self'${inline}`,
    "img-src 'self'",
    "font-src 'self'",
    `connect-src ${["'self'", ...connect].join(" ")}`,
    `worker-src ${worker ? "'self'" : "'none'"}`,
    "object-src 'none'",
    "base-uri 'self'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "require-trusted-types-for 'script'",
    `trusted-types ${worker ? "spillway" : "'none'"}`,
  ].join("; ");
}
