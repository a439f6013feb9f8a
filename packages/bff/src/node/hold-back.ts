import { setTimeout as sleep } from "node:timers/promises";

interface HoldBackOptions {
  /** On average, ms. */
  forMs?: number;
  /** Held back at once; each takes some memory. */
  most?: number;
}

/**
 * Holds back the answer to whoever asks too often. They ask again only once they are answered, so that a flood comes to as many
 * requests a second as it has connections, and leaves the processor to those who look. Whoever has more connections than are
 * held is answered at once and has to connect anew.
 */
export function createHoldBack({ forMs = 1_000, most = 200 }: HoldBackOptions = {}) {
  let held = 0;
  return async (reply: Response, { signal }: Request): Promise<Response> => {
    if (reply.status !== 429) return reply;
    if (held >= most) {
      reply.headers.set("Connection", "close");
      return reply;
    }
    held++;
    // Not all for as long: they would come again all at once. Who leaves meanwhile is not answered anyway.
    await sleep(forMs * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined);
    held--;
    return reply;
  };
}
