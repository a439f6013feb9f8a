import type { Schedule } from "@spillway/contract/schemas";
import { formatMs } from "../../lib/format.ts";

const plain: Record<string, string> = {
  "* * * * *": "every minute",
  "0 * * * *": "every hour",
  "0 0 * * *": "every day at 00:00",
};

/** When it runs, in words where they are plain; else the pattern itself. */
export function rhythm({ pattern, every_ms }: Pick<Schedule, "pattern" | "every_ms">): string {
  if (every_ms !== null) return `every ${formatMs(every_ms)}`;
  return pattern === null ? "–" : (plain[pattern] ?? daily(pattern) ?? pattern);
}

/** `30 6 * * *` → `every day at 06:30`; a step of minutes or hours likewise. */
function daily(pattern: string): string | null {
  const day = /^(\d{1,2}) (\d{1,2}) \* \* \*$/.exec(pattern);
  if (day !== null)
    return `every day at ${(day[2] ?? "").padStart(2, "0")}:${(day[1] ?? "").padStart(2, "0")}`;
  const minutes = /^\*\/(\d{1,2}) \* \* \* \*$/.exec(pattern);
  if (minutes !== null) return `every ${minutes[1]} minutes`;
  const hours = /^0 \*\/(\d{1,2}) \* \* \*$/.exec(pattern);
  return hours === null ? null : `every ${hours[1]} hours`;
}
