import { startHelper } from "./helper-process.ts";
import { summaryOf, type Waits } from "./waits.ts";

/** A process that asks somebody all the time, until it is disposed of. */
export interface WaitsOf extends AsyncDisposable {
  /** How long its answers took since it was asked last. */
  waits(): Promise<Waits>;
}

/** Starts a script of this folder that says when it is ready, and tells how long it waited whenever it is sent something. */
export async function startWaits(script: string, args: readonly string[]): Promise<WaitsOf> {
  const helper = await startHelper<number[]>(script, args);
  return {
    waits: async () => summaryOf((await helper.ask()) ?? []),
    [Symbol.asyncDispose]: () => helper[Symbol.asyncDispose](),
  };
}
