/** What people call a Redis: never with user or password. */
export function redisName(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || parsed.host === "") return "Redis";
  const database = parsed.pathname.replace(/^\//, "") || "0";
  return `Redis at ${parsed.hostname}:${parsed.port || "6379"}/${database}`;
}
