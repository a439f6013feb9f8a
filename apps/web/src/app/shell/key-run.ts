/** Nobody who writes pauses for so long within a word, ms. */
const PAUSE_MS = 300;
/** Between two words they may, ms. */
const WORDS_PAUSE_MS = 1000;

/** How long a command still may go on, ms: `g` waits for the name of a place. Null for what is no command. */
export type Patience = (keys: string) => number | null;

/**
 * Keys pressed soon after one another. They mean something only once no further one follows: who believes to be in a
 * field writes words, and none of their letters may do anything.
 */
export function createKeyRun(patience: Patience, act: (keys: string) => void) {
  let keys = "";
  let timer: ReturnType<typeof setTimeout> | undefined;

  function drop(): void {
    clearTimeout(timer);
    keys = "";
  }

  function settle(): void {
    const command = keys;
    drop();
    if (patience(command) !== null) act(command);
  }

  return {
    drop,
    isGoingOn: () => keys !== "",
    add(key: string): void {
      clearTimeout(timer);
      keys += key;
      const wait = patience(keys);
      timer = setTimeout(settle, wait === null ? WORDS_PAUSE_MS : Math.max(wait, PAUSE_MS));
    },
  };
}
