import type { JobError } from "@spillway/engine";
import { httpErrors } from "./http.ts";
import { nodeErrors } from "./node.ts";
import { postgresErrors } from "./postgres.ts";
import { redisErrors } from "./redis.ts";
import { sdkErrors } from "./sdk.ts";
import { typescriptErrors } from "./typescript.ts";

/** Errors that a person would call the same: one cause, one place. */
export interface CorpusGroup {
  group: string;
  /** The error's class; null where the engine kept only a message and a stack. */
  name: string | null;
  /** As the first line of the stack names it, where `name` is null. */
  stackName?: string;
  messages: string[];
  /** Stack lines below the first, without `at`; absent where no stack was kept. `:N:` stands for a line that varies. */
  frames?: string[];
}

export interface LabelledError {
  group: string;
  error: JobError;
}

/** Every error of the corpus with its true group. Lines marked `N` differ from one error to the next, as after an edit. */
export function labelledErrors(): LabelledError[] {
  return CORPUS.flatMap(({ group, name, stackName, messages, frames }) =>
    messages.map((message, i) => {
      const lines = frames?.map((frame) => `    at ${frame.replaceAll(":N:", `:${40 + i * 7}:`)}`);
      const stack =
        lines === undefined ? null : [`${name ?? stackName ?? "Error"}: ${message}`, ...lines].join("\n");
      return { group, error: { name, message, stack } };
    }),
  );
}

export const CORPUS: readonly CorpusGroup[] = [
  ...nodeErrors,
  ...redisErrors,
  ...postgresErrors,
  ...httpErrors,
  ...sdkErrors,
  ...typescriptErrors,
];
