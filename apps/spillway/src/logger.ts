import type { Logger } from "@spillway/bff";

type Level = "info" | "warn" | "error";
type Fields = Record<string, unknown>;

export interface LogTarget {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
}

/** Writes one line per entry: words on a terminal, JSON elsewhere. Text from outside cannot start a line of its own. */
export function createLogger(target: LogTarget, now: () => number): Logger {
  const format = target.isTTY ? pretty : json;
  const write = (level: Level) => (message: string, fields?: Fields) => {
    target.write(`${format(level, new Date(now()).toISOString(), message, fields ?? {})}\n`);
  };
  return { info: write("info"), warn: write("warn"), error: write("error") };
}

function json(level: Level, time: string, message: string, fields: Fields): string {
  return JSON.stringify({ ...fields, time, level, message }, replaceErrors);
}

function pretty(level: Level, time: string, message: string, fields: Fields): string {
  const shown = Object.entries(fields).map(
    ([key, value]) => `${key}=${JSON.stringify(value, replaceErrors)}`,
  );
  const words = [
    time.slice(11, 19),
    level === "info" ? "" : level,
    JSON.stringify(message).slice(1, -1),
    ...shown,
  ];
  return words.filter((word) => word !== "").join("  ");
}

/** Errors have no enumerable fields and would be logged as `{}`. */
function replaceErrors(_key: string, value: unknown): unknown {
  if (value instanceof Error)
    return { name: value.name, message: value.message, stack: value.stack, cause: value.cause };
  return typeof value === "bigint" ? String(value) : value;
}
