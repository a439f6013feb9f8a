/**
 * A path below our mount point to go on to, from what an address says: `/queues/billing?state=failed`. Whatever might lead
 * anywhere else, now or after somebody tidied it up, is the overview.
 */
export function ownPath(text: string | null): string {
  // A browser drops tabs and line breaks, and takes a backslash for a slash.
  if (text === null || text.length > 4_000 || !/^\/(?!\/)[^\\\p{Cc}\p{Cf}\s]*$/u.test(text)) return "/";
  const url = URL.parse(text, OURS);
  if (url === null || url.origin !== OURS || url.pathname.startsWith("//")) return "/";
  // Nor back to where one comes from, nor to what is no page.
  if (/^\/(?:login|api)(?:\/|$)/i.test(decode(url.pathname))) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}

const OURS = "http://console.invalid";

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
