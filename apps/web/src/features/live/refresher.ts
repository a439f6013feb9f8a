import type { QueryClient, QueryKey } from "@tanstack/react-query";

/** Asks again for what changed, at most once in `everyMs`, and not while somebody holds the lists still. */
export interface Refresher {
  refresh(key: QueryKey): void;
  /** Keeps what is on screen where it is, e.g. while rows are selected; returns how to let go. */
  hold(): () => void;
  clear(): void;
}

export function createRefresher(client: QueryClient, everyMs = 2500): Refresher {
  const wanted = new Map<string, QueryKey>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let holds = 0;
  const flush = () => {
    timer = undefined;
    if (holds > 0) return;
    for (const key of wanted.values()) void client.invalidateQueries({ queryKey: key });
    wanted.clear();
  };
  const plan = () => {
    timer ??= setTimeout(flush, everyMs);
  };
  return {
    refresh(key) {
      wanted.set(JSON.stringify(key), key);
      plan();
    },
    hold() {
      holds++;
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        holds--;
        if (wanted.size > 0) plan();
      };
    },
    clear() {
      clearTimeout(timer);
      timer = undefined;
      wanted.clear();
    },
  };
}
