import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { replyOn } from "./reply.ts";

/**
 * People who look at a board, in a process of their own so that their work is nobody else's. Arguments: the board's URL, how
 * many they are, how often each asks again (ms), what each asks for, and the path of a stream each keeps open, if any.
 * Tells its parent, whenever asked, how long they waited for answers since it was asked last, ms.
 */
const [url = "", count = "1", pauseMs = "0", path = "", stream = ""] = process.argv.slice(2);
let waits: number[] = [];

async function look(viewer: number): Promise<void> {
  const ask = replyOn();
  // They did not all come at once.
  await sleep((viewer / Number(count)) * Number(pauseMs));
  if (stream !== "") get(new URL(stream, url), (reply) => reply.resume()).on("error", () => undefined);
  for (;;) {
    const from = performance.now();
    await ask(new URL(path, url));
    const took = performance.now() - from;
    waits.push(took);
    await sleep(Math.max(0, Number(pauseMs) - took));
  }
}

process.on("message", () => {
  process.send?.(waits);
  waits = [];
});
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
await Promise.all(Array.from({ length: Number(count) }, (_, viewer) => look(viewer)));
