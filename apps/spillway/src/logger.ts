import type { Logger } from "@spillway/bff";
import { createRedactor, type Redactor } from "@spillway/bff/redaction";
import { visible } from "./visible.ts";

type Level = "info" | "warn" | "error";
type Fields = Record<string, unknown>;

export interface LogTarget {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
}

/**
 * Writes one line per entry: words on a terminal, JSON elsewhere. Text from outside can neither start a line of its own nor steer
 * a terminal, and secrets are left out.
 */
export function createLogger(
  target: LogTarget,
  now: () => number,
  redactor: Redactor = createRedactor(),
): Logger {
  const format = target.isTTY ? pretty : json;
  const write =
    (level: Level) =>
    (message: string, fields: Fields = {}) => {
      const time = new Date(now()).toISOString();
      const line = format(level, time, redactor.value(message), plain(fields, redactor));
      target.write(`${visible(line)}\n`);
    };
  return { info: write("info"), warn: write("warn"), error: write("error") };
}

function json(level: Level, time: string, message: string, fields: Fields): string {
  return JSON.stringify({ ...fields, time, level, message });
}

function pretty(level: Level, time: string, message: string, fields: Fields): string {
  const shown = Object.entries(fields).map(
    ([key, value]) => `${JSON.stringify(key).slice(1, -1)}=${JSON.stringify(value)}`,
  );
  const words = [
    time.slice(11, 19),
    level === "info" ? "" : level,
    JSON.stringify(message).slice(1, -1),
    ...shown,
  ];
  return words.filter((word) => word !== "").join("  ");
}

/** As JSON would say it, without secrets: errors too, which have no enumerable fields and would be `{}`. */
function plain(fields: Fields, redactor: Redactor): Fields {
  return JSON.parse(redactor.text(JSON.stringify(fields, replaceErrors)));
}

function replaceErrors(_key: string, value: unknown): unknown {
  if (value instanceof Error)
    return { name: value.name, message: value.message, stack: value.stack, cause: value.cause };
  return typeof value === "bigint" ? String(value) : value;
}
