/** What a harness' worker gives a task; `signal` is null where the engine has no way to cancel a running job. */
export interface TaskContext {
  task: string;
  /** 1 for the first run. */
  attempt: number;
  signal: AbortSignal | null;
  /** What it returns is awaited. */
  log: (text: string) => unknown;
  progress: (percent: number) => unknown;
  /** Waits in the engine's time. */
  sleep: (ms: number) => Promise<void>;
}

export interface Tasks {
  /** Runs one task: resolves to its result or throws its error. */
  run: (context: TaskContext) => Promise<unknown>;
  /** Ends all `slow` tasks well. */
  release: () => void;
}

/** How often a slow task looks whether it may end. Ms. */
const LOOK_MS = 20;

/**
 * The tasks of the conformance suite. `ok` returns, `fail` throws, `fail-once` throws in its first run, `fail-type`
 * throws a TypeError, `slow` runs until it is released or told to stop, `log` writes three lines, `progress`
 * reports 40 and then behaves like `slow`.
 */
export function createTasks(): Tasks {
  let released = false;
  const slow = async ({ signal, sleep }: TaskContext): Promise<unknown> => {
    while (!released) {
      signal?.throwIfAborted();
      await sleep(LOOK_MS);
    }
    return { ok: true };
  };
  const tasks: Record<string, (context: TaskContext) => Promise<unknown>> = {
    ok: async () => ({ ok: true, answer: 42 }),
    fail: async ({ attempt }) => {
      throw new Error(`boom in attempt ${attempt}`);
    },
    "fail-once": async ({ attempt }) => {
      if (attempt === 1) throw new Error("boom the first time");
      return { ok: true, attempt };
    },
    "fail-type": async () => {
      throw new TypeError("this is of another type");
    },
    slow,
    log: async ({ log }) => {
      for (const line of ["first line", "second line", "third line"]) await log(line);
    },
    progress: async (context) => {
      await context.progress(40);
      return slow(context);
    },
  };
  return {
    run: async (context) => {
      const task = tasks[context.task] ?? tasks.ok;
      return task?.(context);
    },
    release: () => {
      released = true;
    },
  };
}
