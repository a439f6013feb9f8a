// oxlint-disable-next-line import/default -- The build makes the module that has it.
import workerUrl from "./stream-worker.ts?sharedworker&url";
import type { News, Order } from "./switchboard.ts";
import { eventSourceTransport, type LiveListener, type LiveTransport } from "./transport.ts";

const ofQueue = "queue:";

/**
 * The stream that all pages of this browser share. Where there are no shared workers, or this one does not start, the page opens
 * its own.
 */
export const sharedTransport: LiveTransport = (url, listener, anew) => {
  const own = () => eventSourceTransport(url, listener, anew);
  if (typeof SharedWorker === "undefined") return own();
  let close = openShared({ kind: "join", ...partsOf(url), anew }, listener, () => {
    close = own();
  });
  return () => close();
};

function openShared(join: Order, listener: LiveListener, failed: () => void): () => void {
  const worker = new SharedWorker(scriptUrl(), { type: "module", name: "spillway" });
  const { port } = worker;
  const send = (order: Order) => port.postMessage(order);
  const leave = () => {
    removeEventListener("pagehide", leave);
    send({ kind: "leave" });
    port.close();
  };
  worker.onerror = () => {
    leave();
    failed();
  };
  port.onmessage = ({ data }: MessageEvent<News>) => {
    if (data.kind === "event") listener.event(data.name, data.data, data.id);
    else listener[data.kind]();
  };
  addEventListener("pagehide", leave);
  send(join);
  return leave;
}

/** The stream's address without topics, and the queues among the topics. */
function partsOf(url: string): { address: string; queues: string[] } {
  const { origin, pathname, searchParams } = new URL(url, document.baseURI);
  const queues = searchParams
    .getAll("topic")
    .flatMap((topic) => (topic.startsWith(ofQueue) ? topic.slice(ofQueue.length) : []));
  return { address: `${origin}${pathname}`, queues };
}

declare global {
  interface Window {
    trustedTypes?: {
      createPolicy(
        name: string,
        rules: { createScriptURL(url: string): string },
      ): { createScriptURL(url: string): string };
    };
  }
}

/** Its one address is the only one that this lets pass. */
const streamScripts = window.trustedTypes?.createPolicy("spillway-stream", {
  createScriptURL: () => workerUrl,
});

/** The address in a form that the content security policy takes for a script's. */
const scriptUrl = (): string => streamScripts?.createScriptURL(workerUrl) ?? workerUrl;
