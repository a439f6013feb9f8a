/** A random id of 26 lower-case letters and digits; works on pages without https, where `randomUUID` is hidden. */
export function uniqueId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(26));
  return Array.from(bytes, (byte) => (byte % 36).toString(36)).join("");
}
