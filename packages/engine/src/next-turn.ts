/**
 * Calls back in another turn of the event loop, so that long work lets others be answered meanwhile. Where there are immediates,
 * after what came meanwhile was taken in; a timer of 0 ms runs before that.
 */
export const nextTurn: (run: () => void) => unknown =
  typeof setImmediate === "function" ? setImmediate : (run) => setTimeout(run, 0);
