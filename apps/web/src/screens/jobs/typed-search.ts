import type { JobState } from "@spillway/contract/schemas";
import { plural } from "../../lib/format.ts";
import { typedTime } from "../../lib/typed-time.ts";
import { type JobsSearch, states, unfiltered } from "./jobs-search.ts";
import { quoted, readWords, typedValue } from "./typed-words.ts";

/** What can be typed into the search: the state and every filter, empty or null where it is not set. */
export type TypedSearch = Pick<JobsSearch, "state" | keyof typeof unfiltered>;

type Qualified = Exclude<keyof TypedSearch, "q">;

/** What is typed before a colon, the parameter of the address it stands for, and what to say of it. */
export const qualifiers: readonly { word: string; means: Qualified; note: string }[] = [
  { word: "task", means: "task", note: "part of the task's name" },
  { word: "id", means: "job_id", note: "part of the job's id" },
  { word: "state", means: "state", note: "waiting, active, failed …" },
  { word: "shape", means: "error_shape", note: "failed with this error, by its id" },
  { word: "worker", means: "worker", note: "held by this worker" },
  { word: "version", means: "worker_version", note: "run by this version of a worker" },
  { word: "since", means: "from", note: "1h, 14:02 or 2026-11-23T14:02, UTC" },
  { word: "until", means: "to", note: "the same" },
];

/** Those, and the names that the address has for them. */
export const meanings: ReadonlyMap<string, keyof TypedSearch> = new Map([
  ...qualifiers.flatMap(({ word, means }) => [[word, means] as const, [means, means] as const]),
  ["q", "q"] as const,
]);
/** What counts as a qualifier. */
export const qualifierWords: ReadonlySet<string> = new Set(meanings.keys());

export const nothingTyped: TypedSearch = { state: null, ...unfiltered };

/** What the address may hold of each. */
const most = (means: keyof TypedSearch): number => (means === "error_shape" ? 64 : 256);

const spans: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `15m`, `6h` or `2d` before now, or a time in UTC; null if it is neither. */
function timeOf(value: string, now: number): string | null {
  const [, count, unit = ""] = /^(\d{1,4})([mhd])$/.exec(value) ?? [];
  if (count === undefined) return typedTime(value, now);
  return new Date(now - Number(count) * (spans[unit] ?? 0)).toISOString();
}

const isState = (text: string): text is JobState => (states as readonly string[]).includes(text);

/** Puts one value where it belongs; returns what is wrong with it, as a sentence, or null. */
function put(search: TypedSearch, means: keyof TypedSearch, value: string, now: number): string | null {
  if (value.length > most(means)) return `${means} takes ${plural(most(means), "character")} at most.`;
  if (means === "from" || means === "to") {
    search[means] = timeOf(value, now);
    return search[means] === null ? `“${value}” is no time: try 1h, 14:02 or 2026-11-23T14:02.` : null;
  }
  if (means !== "state") {
    search[means] = value;
    return null;
  }
  const state = value.toLowerCase();
  if (state !== "any" && !isState(state)) return `“${value}” is no state: ${states.join(", ")} or any.`;
  search.state = isState(state) ? state : null;
  return null;
}

interface Understood {
  search: TypedSearch;
  /** Sentences about what could not be used, which is left out. */
  complaints: string[];
}

/** What was typed, as the address says it. Words without a qualifier are looked for in the payload. `now` is in epoch ms. */
export function readTyped(text: string, now: number): Understood {
  const search = { ...nothingTyped };
  const complaints: string[] = [];
  const given = new Set<string>();
  const payload: string[] = [];
  for (const { qualifier, value } of readWords(text, qualifierWords)) {
    const means = qualifier === null ? "q" : (meanings.get(qualifier) ?? "q");
    if (means === "q") {
      if (value !== "") payload.push(value);
      continue;
    }
    if (value === "") continue;
    if (given.has(means)) complaints.push(`${qualifier} is there twice; the last one counts.`);
    given.add(means);
    const complaint = put(search, means, value, now);
    if (complaint !== null) complaints.push(complaint);
  }
  const complaint = put(search, "q", payload.join(" "), now);
  if (complaint !== null) complaints.push(complaint);
  return { search, complaints };
}

/** The same as it would be typed: reading it gives the same search. */
export function printTyped(search: TypedSearch): string {
  const words = qualifiers.flatMap(({ word, means }) => {
    const value = search[means];
    if (value === null || value === "") return [];
    return [`${word}:${typedValue(value.replace(/(:\d\d)\.000Z$/, "$1Z"))}`];
  });
  const { q } = search;
  if (q !== "") words.push(isPlain(q) ? q : quoted(q));
  return words.join(" ");
}

/** Typed as it stands it means itself. */
function isPlain(q: string): boolean {
  const words = readWords(q, qualifierWords);
  return (
    words.every(({ qualifier }) => qualifier === null) && words.map(({ value }) => value).join(" ") === q
  );
}

/** Whether somebody seems to be in the middle of a word that means nothing yet. */
export function isUnfinished(text: string): boolean {
  const last = readWords(text, qualifierWords).at(-1);
  if (last === undefined || last.to < text.length) return false;
  const typed = last.value.toLowerCase();
  if (last.qualifier === "state") return !isState(typed) && typed !== "any";
  if (last.qualifier !== null) return typed === "";
  return qualifiers.some(({ word }) => word.startsWith(typed));
}
