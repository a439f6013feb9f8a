import { statSync } from "node:fs";
import type { Logger } from "@spillway/bff";

/** How soon a change of the file counts. Ms. */
const LOOK_EVERY_MS = 2_000;

export interface Watched<T> extends Disposable {
  /** As the file says by now; while it can't be read, as it said before. */
  readonly current: T;
}

/**
 * Reads a file, and again whenever it changes. Looked at rather than watched: a file that is renamed into place, or mounted from
 * elsewhere, tells no watcher. Throws what `read` throws the first time; later that is logged.
 */
export function watchFile<T>(file: string, read: () => T, log: Logger): Watched<T> {
  let seen = stampOf(file);
  let current = read();
  const timer = setInterval(() => {
    const stamp = stampOf(file);
    if (stamp === seen) return;
    seen = stamp;
    try {
      current = read();
      log.info("A file that says who gets in was read again.", { file });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      log.error("A file that says who gets in can't be used; what it said before holds.", { file, why });
    }
  }, LOOK_EVERY_MS);
  timer.unref();
  return {
    get current() {
      return current;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

function stampOf(file: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return "none";
  }
}
