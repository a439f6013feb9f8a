import type { StreamEventName } from "@spillway/contract/schemas";
import type { QueryClient } from "@tanstack/react-query";
import { createStore, type Store } from "../../lib/store.ts";
import { serverNow } from "../../ui/use-now.ts";
import { applyEvent } from "./apply-event.ts";
import { createPacer, type Pace } from "./pace.ts";
import { readAgain } from "./read-again.ts";
import { createRefresher, type Refresher } from "./refresher.ts";
import type { LiveTransport } from "./transport.ts";

export interface LiveState {
  status: "connecting" | "live" | "paused" | "disconnected";
  /** When what is on screen came, epoch ms of the server's clock. */
  heardAt: number | null;
  /** How often it may change, in seconds; 0: as it comes. */
  every: Pace;
}

export interface Live {
  state: Store<LiveState>;
  refresher: Refresher;
  /** Opens the stream while the page is visible; returns how to stop for good. */
  start(): () => void;
  setPaused(paused: boolean): void;
  /** Takes in what comes only every so often, and goes on if it was paused. */
  setEvery(every: Pace): void;
  /** Also listens to the metrics of one queue; returns how to stop that. */
  watchQueue(queue: string): () => void;
}

interface LiveDeps {
  client: QueryClient;
  transport: LiveTransport;
  /** The stream's address for these topics. */
  url: (topics: readonly string[]) => string;
  now?: () => number;
  /** Whether the console answers; rejects or says no while the network is away. */
  isThere?: () => Promise<boolean>;
  /** After how long without a word the connection is taken for dead, ms. */
  silence?: () => number;
  every?: Pace;
}

/** How often it is looked whether the stream still speaks, ms. A page that slept looks as soon as it wakes. */
const lookEvery = 1_000;
/** An attempt of which nothing comes is given up after so long, ms; at once where the console answers meanwhile. */
const tryEvery = 10_000;

/** These wait for no pace. */
const pressing: ReadonlySet<StreamEventName> = new Set(["hello", "engine", "resync", "bye"]);

const baseTopics = ["overview", "queues", "workers", "metrics", "audit", "operation", "engine", "marker"];

/** One stream for the whole tab. Hidden tabs close theirs: browsers allow six to one host. */
export function createLive({
  client,
  transport,
  url,
  now = serverNow,
  isThere = async () => false,
  silence = () => 20_000,
  every = 0,
}: LiveDeps): Live {
  const state = createStore<LiveState>({ status: "connecting", heardAt: null, every });
  const refresher = createRefresher(client);
  const watched = new Map<string, number>();
  let close: (() => void) | null = null;
  let paused = false;
  let started = false;
  let missed = false;
  let openedAt = 0;
  /** The attempt under way began while nothing came through. */
  let mayHang = false;
  let isAsking = false;
  let spokeAt = 0;
  let position: { epoch: string; seq: number } | null = null;

  const set = (next: Partial<LiveState>) => state.set((before) => ({ ...before, ...next }));
  const pacer = createPacer(every, () => set({ heardAt: now() }));
  const shut = () => {
    close?.();
    close = null;
    pacer.flush();
  };

  const hear = (name: StreamEventName, text: string, id: string) => {
    spokeAt = now();
    set({ status: "live" });
    const data = JSON.parse(text);
    if (name === "hello") {
      const ahead = position !== null && (position.epoch !== data.epoch || data.seq > position.seq);
      if (missed || ahead) readAgain(client);
      missed = false;
      position = data;
    }
    const seq = Number(id.slice(id.lastIndexOf(":") + 1));
    if (position !== null && id !== "") position = { ...position, seq };
    const apply = () => applyEvent({ client, refresher }, name, data);
    if (pressing.has(name)) apply();
    else pacer.take(apply);
  };

  const open = (anew = false) => {
    shut();
    if (!started || paused || document.visibilityState === "hidden") return;
    openedAt = now();
    const topics =
      watched.size === 0 ? [] : [...baseTopics, ...Array.from(watched.keys(), (name) => `queue:${name}`)];
    const listener = {
      opened() {
        spokeAt = now();
        set({ status: "live", heardAt: now() });
      },
      event: hear,
      broken: lose,
      refused: () => {
        mayHang = false;
        // Its reply tells why.
        void client.invalidateQueries({ queryKey: ["getSession"] });
      },
    };
    close = transport(url(topics), listener, anew);
  };
  const lose = () => {
    missed = mayHang = true;
    set({ status: "disconnected" });
  };

  const onVisibility = () => {
    if (document.visibilityState === "hidden") {
      missed = true;
      shut();
      if (state.get().status === "live") set({ status: "connecting" });
    } else if (close === null) open();
  };
  /** A connection that died without a word, as in a laptop that slept, never says that it is broken. */
  const look = () => {
    const { status } = state.get();
    if (close === null) return;
    if (status === "live" && now() - spokeAt > silence()) lose();
    else if (status !== "disconnected") return;
    else if (now() - openedAt < tryEvery) return void askWhether();
    open(true);
  };
  /** An attempt made while the network was away may hang long after it is back; one made after that does not. */
  const askWhether = async () => {
    if (isAsking || !mayHang) return;
    isAsking = true;
    const isBack = await isThere().catch(() => false);
    isAsking = false;
    if (!isBack || !mayHang || state.get().status !== "disconnected") return;
    open(true);
    mayHang = false;
  };
  const onOnline = () => {
    if (state.get().status === "disconnected") open(true);
  };

  const setPaused = (next: boolean) => {
    paused = next;
    missed = true;
    set({ status: next ? "paused" : "connecting" });
    if (next) {
      // What was held or planned before would bring rows from after.
      pacer.clear();
      shut();
      refresher.clear();
    } else open();
  };

  return {
    state,
    refresher,
    start() {
      started = true;
      document.addEventListener("visibilitychange", onVisibility);
      window.addEventListener("online", onOnline);
      const looking = setInterval(look, lookEvery);
      open();
      return () => {
        started = false;
        clearInterval(looking);
        window.removeEventListener("online", onOnline);
        document.removeEventListener("visibilitychange", onVisibility);
        shut();
        refresher.clear();
      };
    },
    setPaused,
    setEvery(next) {
      set({ every: next });
      pacer.setEvery(next);
      if (paused) setPaused(false);
    },
    watchQueue(queue) {
      watched.set(queue, (watched.get(queue) ?? 0) + 1);
      if (watched.get(queue) === 1) open();
      return () => {
        const left = (watched.get(queue) ?? 1) - 1;
        if (left > 0) watched.set(queue, left);
        else watched.delete(queue);
        if (left === 0) open();
      };
    },
  };
}
