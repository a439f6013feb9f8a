import { request } from "node:http";
import { connect } from "node:http2";
import type { Readable } from "node:stream";

/** A stream on which next to nothing happens. */
export interface IdleStream extends Disposable {
  /** Whether it was greeted. */
  readonly greeted: boolean;
  /** Whether it ended, however. */
  readonly ended: boolean;
  /** Comments that only show that it lives. */
  readonly beats: number;
  /** When it heard of the marker of this title; epoch ms, null if it did not. */
  heardAt(title: string): number | null;
}

/** Opens one of markers at this address; over HTTP/2 where there is a certificate to believe, which names `host`. */
export function openIdle(url: string, tls?: { host: string; ca: string }): IdleStream {
  const { pathname, port, hostname } = new URL(url);
  const path = `${pathname.replace(/\/$/, "")}/api/events?topic=marker`;
  if (tls === undefined) {
    const sent = request({ hostname, port, path, headers: { Accept: "text/event-stream" } });
    const stream = listenTo(
      (hear) => sent.on("response", hear),
      () => sent.destroy(),
    );
    sent.on("error", stream.end);
    sent.end();
    return stream;
  }
  const session = connect(`https://${tls.host}:${port}`, {
    host: hostname,
    servername: tls.host,
    ca: tls.ca,
  });
  const asked = session.request({ ":path": path, ":authority": tls.host, accept: "text/event-stream" });
  const stream = listenTo(
    (hear) => hear(asked),
    () => session.destroy(),
  );
  for (const one of [session, asked]) one.on("error", stream.end).on("close", stream.end);
  return stream;
}

function listenTo(
  begin: (hear: (body: Readable) => void) => void,
  close: () => void,
): IdleStream & { end: () => void } {
  const state = { text: "", ended: false };
  const heard = new Map<string, number>();
  const end = (): void => {
    state.ended = true;
  };
  begin((body) => {
    body.on("data", (part: Buffer) => {
      state.text += part.toString();
      for (const [, title = ""] of state.text.matchAll(/"title":"([^"]+)"/g))
        if (!heard.has(title)) heard.set(title, Date.now());
    });
    body.on("close", end).on("error", end);
  });
  return {
    end,
    get greeted() {
      return state.text.includes("event: hello");
    },
    get ended() {
      return state.ended;
    },
    get beats() {
      return state.text.match(/^: /gm)?.length ?? 0;
    },
    heardAt: (title) => heard.get(title) ?? null,
    [Symbol.dispose]: close,
  };
}
