import { Agent, request } from "node:http";

/** What a console answered to a write; null: it was gone before it answered. */
export interface Answer {
  status: number;
  auditId: string | null;
}

/** Writes to a console as a program would, on connections that are kept. */
export function createActor(url: string, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    act(path: string, body: object = {}): Promise<Answer | null> {
      const { promise, resolve } = Promise.withResolvers<Answer | null>();
      const headers = { "Content-Type": "application/json", "X-Spillway-Request": "1" };
      const sent = request(new URL(`api/${path}`, url), { method: "POST", agent, headers }, (reply) => {
        let text = "";
        reply.setEncoding("utf8");
        reply.on("data", (chunk: string) => {
          text += chunk;
        });
        reply.on("end", () => resolve({ status: reply.statusCode ?? 0, auditId: auditIdIn(text) }));
        reply.on("error", () => resolve(null));
      });
      sent.on("error", () => resolve(null));
      sent.end(JSON.stringify(body));
      return promise;
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}

function auditIdIn(text: string): string | null {
  return /"audit_id":"([0-9A-Z]{26})"/.exec(text)?.[1] ?? null;
}
