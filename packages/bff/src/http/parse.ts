import { z } from "zod";
import { ProblemError } from "./problem.ts";

/** Nobody mends more at once, and a small request must not make a large answer. */
const MOST_ISSUES = 50;
const LONGEST_PATH = 200;

/** Parses or throws `invalid_request` with the issues, of many the first. */
export function parseOrThrow<S extends z.ZodType>(schema: S, input: unknown, what: string): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issues = result.error.issues.slice(0, MOST_ISSUES).flatMap(toIssues).slice(0, MOST_ISSUES);
  const first = issues[0];
  const detail =
    first === undefined || first.path === "" ? first?.message : `${first.path}: ${first.message}`;
  throw new ProblemError("invalid_request", `The ${what} is not valid. ${detail ?? ""}`.trim(), { issues });
}

function toIssues(issue: z.core.$ZodIssue): { path: string; message: string }[] {
  const pathTo = (...more: string[]): string =>
    [...issue.path.map(String), ...more].join(".").slice(0, LONGEST_PATH);
  if (issue.code !== "unrecognized_keys") return [{ path: pathTo(), message: issue.message }];
  const some = issue.keys.slice(0, MOST_ISSUES);
  return some.map((key) => ({ path: pathTo(key), message: "There is no such field." }));
}

/**
 * The parameters a schema names, as texts: unknown ones are ignored and empty ones count as not given. One that is given
 * twice is a list, which only a schema for lists accepts.
 */
export function rawQuery(schema: z.ZodObject, search: URLSearchParams): Record<string, string | string[]> {
  const given = Object.entries(schema.shape).flatMap(([key, field]): [string, string | string[]][] => {
    const values = search.getAll(key).filter((value) => value !== "");
    const [first] = values;
    if (first === undefined) return [];
    return [[key, isList(field) || values.length > 1 ? values : first]];
  });
  return Object.fromEntries(given);
}

function isList(field: z.core.$ZodType): boolean {
  if (field instanceof z.ZodOptional || field instanceof z.ZodDefault) return isList(field.def.innerType);
  return field instanceof z.ZodArray;
}
