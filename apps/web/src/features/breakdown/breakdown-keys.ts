import { buildQuery } from "@spillway/contract/paths";
import type { Breakdown, JobState } from "@spillway/contract/schemas";
import { paths } from "../../lib/paths.ts";

export type Group = Breakdown["groups"][number];

const payload = "payload:";
const keys = ["task", "error_shape", "worker", "worker_version"] as const;
type PlainKey = (typeof keys)[number];

/** What an address may say to break jobs down by; as the contract's `by`. */
export const byPattern = /^(task|error_shape|worker|worker_version|payload:.+)$/;

const nouns: Record<PlainKey, [one: string, many: string]> = {
  task: ["task", "tasks"],
  error_shape: ["error", "errors"],
  worker: ["worker", "workers"],
  worker_version: ["worker version", "worker versions"],
};

const isPlain = (by: string): by is PlainKey => keys.some((key) => key === by);

/** The path in a payload that is broken down by; null of other keys. */
export const pathOf = (by: string): string | null =>
  by.startsWith(payload) ? by.slice(payload.length) : null;
export const byPath = (path: string): string => `${payload}${path}`;

/** `task` and `tasks`, `tenant value` and `tenant values`. */
export function nounOf(by: string): [one: string, many: string] {
  if (isPlain(by)) return nouns[by];
  const path = pathOf(by) ?? by;
  return [`${path} value`, `${path} values`];
}

/** What jobs of a state can be told apart by: what has not run has no worker. */
export const keysFor = (state: JobState): readonly PlainKey[] =>
  state === "waiting" || state === "delayed" ? ["task", "error_shape"] : keys;

/** By what first: failures by their error. */
export const firstKey = (state: JobState): PlainKey => (state === "failed" ? "error_shape" : "task");

/** The server puts in brackets what it could not tell: `(no worker known)`. */
export const isUnknown = (by: string, key: string): boolean => by !== "task" && /^\(.+\)$/.test(key);

/** What names a group in an address. */
export const nameOf = ({ key, shape_id }: Group): string => shape_id ?? key;

/** The jobs of a group; null where no list can be narrowed so. */
export function jobsOf(queue: string, state: JobState, by: string, { key, shape_id }: Group): string | null {
  const list = (filter: Record<string, string>) => `${paths.jobs(queue)}${buildQuery({ state, ...filter })}`;
  if (shape_id !== null) return list({ error_shape: shape_id });
  if (isUnknown(by, key)) return null;
  if (by === "task") return list({ task: key });
  if (by === "worker") return list({ worker: key });
  if (by === "worker_version") return list({ worker_version: key });
  // Cut values would find nothing.
  return pathOf(by) === null || key.endsWith("…") ? null : list({ q: key });
}
