/** Time, injected, so that tests and rehearsals can turn it. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Calls back once after `ms`; returns how to cancel. Never keeps a process alive by itself. */
  after(ms: number, callback: () => void): () => void;
}
