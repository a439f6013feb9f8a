/** After this long a reply is given up on, ms. */
const patience = 20_000;
const replies = new Map<string, Promise<Response>>();

/** Asks before the app is there that will want it: it takes the reply by the same address. */
export function askEarly(url: string): void {
  const reply = fetch(url, {
    headers: { accept: "application/json" },
    signal: AbortSignal.timeout(patience),
  });
  // Whoever takes it is told.
  reply.catch(() => {});
  replies.set(url, reply);
}

/** What was asked early, once; undefined where it was not. */
export function takeEarly(url: string): Promise<Response> | undefined {
  const reply = replies.get(url);
  replies.delete(url);
  return reply;
}

/** Lets go of what nobody took: later it would be old. */
export const forgetEarly = (): void => replies.clear();
