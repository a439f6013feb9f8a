import { summaryOf, type Waits } from "./waits.ts";

/** Enough to trust a median, and not for longer than this where each takes seconds. */
const MOST = 500;
const LEAST = 3;

/**
 * Does something again and again, one after the other, for about so long; tells how long each took, ms. A fifth of the time
 * goes before into warming up: a process that has just started has not compiled anything yet.
 */
export async function timed(work: () => Promise<unknown>, budgetMs: number): Promise<Waits> {
  await repeated(work, budgetMs / 5);
  return summaryOf(await repeated(work, budgetMs));
}

async function repeated(work: () => Promise<unknown>, budgetMs: number): Promise<number[]> {
  const took: number[] = [];
  const until = performance.now() + budgetMs;
  while (took.length < MOST && (took.length < LEAST || performance.now() < until)) {
    const from = performance.now();
    await work();
    took.push(performance.now() - from);
  }
  return took;
}
