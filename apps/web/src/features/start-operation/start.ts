import type { Operation, SelectionFilter, SelectionInput } from "@spillway/contract/schemas";
import { createStore } from "../../lib/store.ts";
import type { JobAction } from "../job-actions/job-action.ts";

/** What somebody means to begin; each kind has its dialog. */
export type Start =
  | { kind: "bulk"; queue: string; action: JobAction; selection: SelectionInput }
  | { kind: "redrive"; queue: string; filter: SelectionFilter }
  | { kind: "drain"; queue: string }
  | { kind: "clean"; queue: string };

export interface Starting {
  start: Start;
  /** The operation that began, or null if it was called off. */
  finish: (begun: Operation | null) => void;
}

export const starting = createStore<Starting | null>(null);

/** Shows what would be touched, asks, and begins; resolves to the operation, or to null if it was called off. */
export function startOperation(start: Start): Promise<Operation | null> {
  starting.get()?.finish(null);
  return new Promise((resolve) => {
    starting.set({
      start,
      finish: (begun) => {
        starting.set(null);
        resolve(begun);
      },
    });
  });
}
