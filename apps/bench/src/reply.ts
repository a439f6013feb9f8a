import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";

const agent = new Agent({ keepAlive: true });

/** Reads a body over a connection that is kept, as a browser's is. @throws Error on any reply but a 2xx. */
export async function reply(url: URL): Promise<Buffer> {
  const [incoming]: IncomingMessage[] = await once(get(url, { agent }), "response");
  if (incoming === undefined) throw new Error(`${url.pathname} was not answered.`);
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  const { statusCode = 0 } = incoming;
  if (statusCode >= 300) throw new Error(`${url.pathname}: ${statusCode} ${body.toString().slice(0, 500)}`);
  return body;
}
