const waits = [500, 1_500, 4_000];

/** Code of the page that is not to be had: the network is away, or another version of the console has taken its place. */
export class CodeMissing extends Error {
  override readonly name = "CodeMissing";
}

/** Loads code that is needed now; a network that is away for a moment is waited for. Rejects with {@link CodeMissing}. */
export async function loadCode<T>(get: () => Promise<T>): Promise<T> {
  for (const ms of waits) {
    try {
      return await get();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  }
  return get().catch((cause: unknown) => {
    throw new CodeMissing("A part of this page could not be loaded.", { cause });
  });
}

/** Loads code that may be needed soon. That it could not be is told when it is needed. */
export function loadAhead(get: () => Promise<unknown>): void {
  get().catch(() => {});
}
