import { type News, type Order, Switchboard } from "./switchboard.ts";
import { eventSourceTransport } from "./transport.ts";

const boards = new Map<string, Switchboard>();

/** Each page of the browser comes with a port of its own. */
addEventListener("connect", (event) => {
  const [port] = (event as MessageEvent).ports;
  if (port === undefined) return;
  let leave: (() => void) | null = null;
  port.onmessage = ({ data }: MessageEvent<Order>) => {
    leave?.();
    leave = null;
    if (data.kind === "leave") return port.close();
    const board = boards.get(data.address) ?? new Switchboard(eventSourceTransport, data.address);
    boards.set(data.address, board);
    leave = board.join({ queues: data.queues, tell: (news: News) => port.postMessage(news) }, data.anew);
  };
});
