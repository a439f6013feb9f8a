/** An option of a command: a text unless it is a switch. */
interface Option {
  isSwitch?: true;
  placeholder?: string;
  about: string;
}

interface Verb {
  /** What stands behind the name; in brackets what may be left out. */
  operands: string;
  about: string;
  options: Record<string, Option>;
}

const WRITE: Record<string, Option> = {
  reason: { placeholder: "TEXT", about: "why, for the audit" },
  incident: { placeholder: "ID", about: "the incident it belongs to" },
};
const TASK: Record<string, Option> = { task: { placeholder: "TEXT", about: "whose task contains this" } };
const WHICH: Record<string, Option> = {
  ...TASK,
  q: { placeholder: "TEXT", about: "whose payload contains this" },
  "error-shape": { placeholder: "ID", about: "whose last error is of this shape, as `errors` names it" },
};

/** What a running console can be asked from the command line, once: parsing and `--help` derive from it. */
export const VERBS = {
  queues: {
    operands: "",
    about: "all queues, those that need attention first",
    options: { trouble: { placeholder: "CODE", about: "only those with this finding, e.g. failure_spike" } },
  },
  jobs: {
    operands: "QUEUE",
    about: "jobs of one state",
    options: {
      state: {
        placeholder: "STATE",
        about: "waiting, active, delayed, blocked, completed or failed (default: failed)",
      },
      ...WHICH,
      oldest: { isSwitch: true, about: "the oldest first" },
      limit: { placeholder: "NUMBER", about: "at most so many (default: 20)" },
      ndjson: {
        isSwitch: true,
        about: "a file of all of them, a line each; the last line says what it holds",
      },
      reason: { placeholder: "TEXT", about: "why they are exported, for the audit" },
    },
  },
  errors: {
    operands: "QUEUE",
    about: "failed jobs by error shape",
    options: TASK,
  },
  retry: {
    operands: "QUEUE [ID…]",
    about: "put failed jobs back: those named, or of those that match",
    options: {
      ...WHICH,
      count: { placeholder: "NUMBER", about: "so many that stand for all of them" },
      percent: { placeholder: "NUMBER", about: "so many of a hundred of them" },
      all: { isSwitch: true, about: "all of them" },
      phased: {
        isSwitch: true,
        about: "10 of them, then 10 %, then the rest, as long as they don't fail again",
      },
      "may-fail": {
        placeholder: "PERCENT",
        about:
          "so many of a hundred may fail again, or it stops (default: 5); one of ten always may, unless it is 0",
      },
      "reset-attempts": { isSwitch: true, about: "give all attempts back instead of one" },
      "no-wait": { isSwitch: true, about: "don't wait for what becomes of them" },
      ...WRITE,
    },
  },
  pause: { operands: "QUEUE", about: "start no more of its jobs", options: WRITE },
  resume: { operands: "QUEUE", about: "start its jobs again", options: WRITE },
  audit: {
    operands: "",
    about: "who did what, the newest first",
    options: {
      queue: { placeholder: "NAME", about: "on this queue" },
      action: { placeholder: "NAME", about: "this action, e.g. job.retry" },
      status: { placeholder: "STATUS", about: "pending, success, failed or unknown" },
      actor: { placeholder: "TEXT", about: "by whoever this names" },
      q: { placeholder: "TEXT", about: "that contains this" },
      limit: { placeholder: "NUMBER", about: "at most so many (default: 20)" },
    },
  },
  watch: {
    operands: "[QUEUE]",
    about: "each sample as it is taken; ends with the verdict",
    options: { for: { placeholder: "DURATION", about: "so long (default: until interrupted)" } },
  },
} as const satisfies Record<string, Verb>;

export type VerbName = keyof typeof VERBS;

/** What each of them takes besides. */
export const COMMON: Record<string, Option> = {
  url: { placeholder: "URL", about: "where the console is (SPILLWAY_URL; default: http://127.0.0.1:4600)" },
  "token-file": { placeholder: "FILE", about: "a file that holds the token, in place of SPILLWAY_TOKEN" },
  json: { isSwitch: true, about: "JSON for scripts, as the API has it" },
};

/** By name, with what is common; for parsing. */
export function optionsOf(verb: VerbName): Record<string, Option> {
  return { ...VERBS[verb].options, ...COMMON };
}
