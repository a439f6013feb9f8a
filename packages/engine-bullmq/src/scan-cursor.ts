import type { JobState } from "@spillway/engine";
import { EngineError } from "@spillway/engine";
import { isRecord, parseJson } from "./reply.ts";

/** A place in Redis that holds jobs of one state. */
export interface Place {
  state: JobState;
  key: string;
  kind: "set" | "list";
}

const PLACES: Record<JobState, readonly Place[]> = {
  // In the order in which workers take them.
  waiting: [
    { state: "waiting", key: "wait", kind: "list" },
    { state: "waiting", key: "paused", kind: "list" },
    { state: "waiting", key: "prioritized", kind: "set" },
  ],
  active: [{ state: "active", key: "active", kind: "list" }],
  delayed: [{ state: "delayed", key: "delayed", kind: "set" }],
  blocked: [{ state: "blocked", key: "waiting-children", kind: "set" }],
  completed: [{ state: "completed", key: "completed", kind: "set" }],
  failed: [{ state: "failed", key: "failed", kind: "set" }],
};

export function placesOf(states: readonly JobState[], order: "newest" | "oldest"): Place[] {
  return states.flatMap((state) => (order === "oldest" ? PLACES[state] : PLACES[state].toReversed()));
}

/** Where a walk stands: in which place, and the last job seen there. */
export interface ScanCursor {
  place: number;
  /** Score in a set, position in a list; empty at the start of a place. */
  at: string;
  ids: string[];
}

export const SCAN_START: ScanCursor = { place: 0, at: "", ids: [] };

export function encodeCursor(cursor: ScanCursor): string {
  return Buffer.from(JSON.stringify([cursor.place, cursor.at, cursor.ids])).toString("base64url");
}

/** @throws EngineError `refused` for a text that is no cursor. */
export function decodeCursor(text: string): ScanCursor {
  const parsed = parseJson(Buffer.from(text, "base64url").toString());
  const [place, at, ids] = Array.isArray(parsed) ? parsed : [];
  const valid =
    Number.isInteger(place) &&
    place >= 0 &&
    typeof at === "string" &&
    /^(-?[\d.]+(e\+?\d+)?)?$/.test(at) &&
    Array.isArray(ids) &&
    ids.every((id) => typeof id === "string");
  if (!valid || isRecord(parsed)) throw new EngineError("refused", "This is no cursor of a scan.");
  return { place, at, ids };
}
