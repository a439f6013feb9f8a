/** How long metrics of a single queue are still published after the last who asked for them left. Ms. */
const LINGER_MS = 120_000;
const OF_QUEUE = "queue:";
/** Anybody may ask for any name: more than this are looked through for those that nobody waits for. */
const MANY = 1_000;

/** Without topics: everything but what only those who asked for one queue want. A resync concerns everyone. */
export function wantsOf(topics: readonly string[]): (topic: string) => boolean {
  if (topics.length === 0) return (topic) => !topic.startsWith(OF_QUEUE);
  const wanted = new Set(["resync", ...topics]);
  return (topic) => wanted.has(topic);
}

interface Interest {
  clients: number;
  /** Published without a hole since after this number. */
  since: number;
  leftAt: number;
}

/** Who asks for single queues. A thousand queues published each tick for nobody would push all else out of the ring. */
export class QueueInterest {
  readonly #interests = new Map<string, Interest>();

  /** False for a queue that nobody looks at; other topics are always published. */
  isWanted(topic: string, now: number): boolean {
    if (!topic.startsWith(OF_QUEUE)) return true;
    const interest = this.#interests.get(topic);
    if (interest === undefined) return false;
    if (interest.clients > 0 || now - interest.leftAt <= LINGER_MS) return true;
    this.#interests.delete(topic);
    return false;
  }

  /** Was everything of these topics published since after this number? */
  heldSince(topics: readonly string[], seq: number): boolean {
    return topics.every(
      (topic) => !topic.startsWith(OF_QUEUE) || (this.#interests.get(topic)?.since ?? Infinity) <= seq,
    );
  }

  join(topics: readonly string[], head: number, now: number): void {
    if (this.#interests.size > MANY) for (const topic of this.#interests.keys()) this.isWanted(topic, now);
    for (const topic of topics) {
      if (!topic.startsWith(OF_QUEUE)) continue;
      const known = this.isWanted(topic, now) ? this.#interests.get(topic) : undefined;
      const interest = known ?? { clients: 0, since: head, leftAt: now };
      interest.clients++;
      this.#interests.set(topic, interest);
    }
  }

  leave(topics: readonly string[], now: number): void {
    for (const topic of topics) {
      const interest = this.#interests.get(topic);
      if (interest === undefined) continue;
      interest.clients--;
      interest.leftAt = now;
      // Where many come and go for names that they make up, none is kept for them to come back to.
      if (interest.clients === 0 && this.#interests.size > MANY) this.#interests.delete(topic);
    }
  }
}
