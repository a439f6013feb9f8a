import type { Schedule } from "@spillway/contract/schemas";
import { formatMs } from "../../lib/format.ts";

/** When it runs, in words where they are plain; else the pattern itself, named as what it is. */
export function rhythm({ pattern, every_ms }: Pick<Schedule, "pattern" | "every_ms">): string {
  if (every_ms !== null) return `every ${formatMs(every_ms)}`;
  if (pattern === null) return "–";
  const fields = pattern.trim().split(/\s+/);
  const words = fields.length === 5 ? inWords(fields) : null;
  return words ?? `cron ${pattern}`;
}

type Part = string | undefined;

const isNumber = (part: Part): part is string => part !== undefined && /^\d{1,2}$/.test(part);

/** `30 6 * * *` → `every day at 06:30`; null where it is not plain. */
function inWords([minute, hour, day, month, weekday]: readonly string[]): string | null {
  if (month !== "*") return null;
  const anyDay = day === "*" && weekday === "*";
  if (anyDay && hour === "*") return withinHour(minute);
  const hours = stepOf(hour);
  if (anyDay && hours !== null) return minute === "0" ? `every ${hours} hours` : null;
  const days = daysOf(day, weekday);
  return days === null || !isNumber(minute) || !isNumber(hour)
    ? null
    : `${days} at ${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
}

function withinHour(minute: Part): string | null {
  if (minute === "*") return "every minute";
  if (stepOf(minute) !== null) return `every ${stepOf(minute)} minutes`;
  if (!isNumber(minute)) return null;
  return Number(minute) === 0 ? "every hour" : `every hour at minute ${Number(minute)}`;
}

const stepOf = (part: Part): string | null => /^\*\/(\d{1,2})$/.exec(part ?? "")?.[1] ?? null;

const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

function daysOf(day: Part, weekday: Part): string | null {
  if (day !== "*")
    return weekday === "*" && isNumber(day) ? `every month on the ${ordinal(Number(day))}` : null;
  if (weekday === "*") return "every day";
  if (weekday === "1-5") return "Monday to Friday";
  const name = isNumber(weekday) ? weekdays[Number(weekday)] : undefined;
  return name === undefined ? null : `every ${name}`;
}

const suffixes: Record<string, string> = { one: "st", two: "nd", few: "rd" };
const ordinals = new Intl.PluralRules("en", { type: "ordinal" });
const ordinal = (day: number): string => `${day}${suffixes[ordinals.select(day)] ?? "th"}`;
