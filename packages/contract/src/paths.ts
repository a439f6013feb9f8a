import { type EndpointName, endpoints } from "./table/index.ts";

type ParamNames<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamNames<Rest>
  : never;

/** The parameters in an endpoint's path, as plain texts. */
export type PathParams<N extends EndpointName> = Record<ParamNames<(typeof endpoints)[N]["path"]>, string>;

/**
 * One path segment of any text. A name that is `.` or `..` would be folded away by URL parsers, so it travels with a
 * leading `~`; a name that itself starts with `~` gets one more.
 */
export function encodeSegment(text: string): string {
  const shielded = text === "." || text === ".." || text.startsWith("~") ? `~${text}` : text;
  return encodeURIComponent(shielded.toWellFormed());
}

/** The inverse of {@link encodeSegment} for a segment that was already percent-decoded. */
export function unshield(segment: string): string {
  return segment.startsWith("~") ? segment.slice(1) : segment;
}

/** The path of an endpoint with its parameters, relative to the mount point; begins with `/`. */
export function buildPath<N extends EndpointName>(name: N, params: PathParams<N>): string {
  const values: Record<string, string> = params;
  return endpoints[name].path.replaceAll(/\{(\w+)\}/g, (_, key: string) => encodeSegment(values[key] ?? ""));
}

type QueryValue = string | number | boolean | null | undefined | readonly string[];

/** `?a=1&b=2` without what is undefined, null or empty; lists repeat their key. */
export function buildQuery(query: Readonly<Record<string, QueryValue>>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === "") continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(key, String(one));
  }
  const text = search.toString();
  return text === "" ? "" : `?${text}`;
}
