import type { Clock } from "@spillway/engine";
import type { AuditStore } from "../audit/index.ts";
import { toProblemError } from "../http/problem.ts";
import type { Effect, Notes, ShortCommand } from "./command.ts";
import { refused, succeeded } from "./outcomes.ts";

/** When the state is read again while an outcome stays unknown. Ms after the first reading. */
const AGAIN_MS = [2_000, 10_000, 30_000];

export interface Unresolved<R> {
  auditId: string;
  command: ShortCommand<R>;
  notes: Notes;
  /** The effect itself, which may still settle. */
  acting: Promise<Effect<R>>;
}

export interface Resolver {
  /** Reads the state once now; null if it does not tell. Then goes on looking, and listening, in the background. */
  resolve<R>(unresolved: Unresolved<R>): Promise<Effect<R> | null>;
  [Symbol.dispose](): void;
}

/** Finds out what came of writes that were not answered. Never repeats one. */
export function createResolver(clock: Clock, store: AuditStore): Resolver {
  const waiting = new Set<() => void>();

  async function resolve<R>({ auditId, command, notes, acting }: Unresolved<R>): Promise<Effect<R> | null> {
    let isOpen = true;
    const close = async (outcome: Parameters<AuditStore["complete"]>[2]): Promise<void> => {
      if (!isOpen) return;
      isOpen = false;
      await store.complete(auditId, "resolution", outcome);
    };
    const look = async (): Promise<Effect<R> | null> => {
      // Reading back is a courtesy: an engine that can't be read either leaves the outcome unknown.
      const effect = (await command.readBack?.(notes).catch(() => null)) ?? null;
      if (effect) await close(succeeded(effect, { ...notes, resolved_by: "read back" }));
      return effect;
    };
    const lookAgain = (turn: number): void => {
      const ms = AGAIN_MS[turn];
      if (ms === undefined || command.readBack === undefined) return;
      const cancel = clock.after(ms, () => {
        waiting.delete(cancel);
        if (isOpen) void look().then((effect) => (effect ? undefined : lookAgain(turn + 1)));
      });
      waiting.add(cancel);
    };
    acting.then(
      (effect) => close(succeeded(effect, { ...notes, resolved_by: "a late answer" })),
      (error: unknown) => {
        const problem = toProblemError(error);
        if (problem === null || problem.code === "outcome_unknown") return;
        return close(refused(problem, { ...notes, resolved_by: "a late answer" }));
      },
    );
    const effect = await look();
    if (effect === null) lookAgain(0);
    return effect;
  }

  return {
    resolve,
    [Symbol.dispose]() {
      for (const cancel of waiting) cancel();
      waiting.clear();
    },
  };
}
