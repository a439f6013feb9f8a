import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";

/** Reads bodies over a connection that is kept, as a browser's is. @throws Error on any reply but a 2xx. */
export function replyOn(agent: Agent = new Agent({ keepAlive: true })): (url: URL) => Promise<Buffer> {
  return async (url) => {
    const [incoming]: IncomingMessage[] = await once(get(url, { agent }), "response");
    if (incoming === undefined) throw new Error(`${url.pathname} was not answered.`);
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { statusCode = 0 } = incoming;
    if (statusCode >= 300) throw new Error(`${url.pathname}: ${statusCode} ${body.toString().slice(0, 500)}`);
    return body;
  };
}

export const reply = replyOn();
