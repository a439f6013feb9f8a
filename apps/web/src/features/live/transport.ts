import type { StreamEventName } from "@spillway/contract/schemas";

export interface LiveListener {
  opened(): void;
  /** `id` is `<epoch>:<seq>` of the event, or empty. */
  event(name: StreamEventName, data: string, id: string): void;
  /** The connection broke; the transport tries again by itself until it is closed. */
  broken(): void;
  /** There was an answer, but no stream: whoever looks may look no more, or something between answers for the console. */
  refused(): void;
}

/** How events come in; tests bring their own. `anew`: a connection that is there already is taken for dead. Returns how to close. */
export type LiveTransport = (url: string, listener: LiveListener, anew: boolean) => () => void;

const names: Record<StreamEventName, true> = {
  hello: true,
  overview: true,
  queues: true,
  workers: true,
  metrics: true,
  audit: true,
  operation: true,
  engine: true,
  marker: true,
  resync: true,
  bye: true,
};

const reopenAfter = 3000;

/** Server-sent events. A browser gives up on a reply that is not a stream; then it is opened anew. */
export const eventSourceTransport: LiveTransport = (url, listener) => {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    const opened = new EventSource(url);
    source = opened;
    opened.onopen = () => listener.opened();
    opened.onerror = () => {
      listener.broken();
      if (opened.readyState !== EventSource.CLOSED) return;
      listener.refused();
      timer = setTimeout(open, reopenAfter);
    };
    for (const name of Object.keys(names) as StreamEventName[]) {
      opened.addEventListener(name, (event: MessageEvent<string>) =>
        listener.event(name, event.data, event.lastEventId),
      );
    }
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
};
