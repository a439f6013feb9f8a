import { get } from "node:http";

/**
 * Many who keep a stream open, in a process of their own. Arguments: the stream's URL, how many they are. Tells its parent once
 * they have all been greeted, and whenever asked, for each event that came since: when each of them had it, ms since the epoch.
 */
const [url = "", count = "1"] = process.argv.slice(2);
const BLOCK = "\n\n";
let heard = new Map<string, number[]>();
let greeted = 0;

function listen(): void {
  get(new URL(url), (reply) => {
    let rest = "";
    reply.setEncoding("utf8");
    reply.on("data", (chunk: string) => {
      const at = performance.timeOrigin + performance.now();
      const blocks = (rest + chunk).split(BLOCK);
      rest = blocks.pop() ?? "";
      for (const block of blocks) take(block, at);
    });
  });
}

function take(block: string, at: number): void {
  const event = /^event: (\S+)/m.exec(block)?.[1];
  if (event === "hello") {
    greeted++;
    if (greeted === Number(count)) process.send?.("greeted");
    return;
  }
  if (event === undefined) return;
  const id = `${event} ${/^id: (\S+)/m.exec(block)?.[1]}`;
  const times = heard.get(id);
  if (times === undefined) heard.set(id, [at]);
  else times.push(at);
}

process.on("message", () => {
  process.send?.([...heard]);
  heard = new Map();
});
process.on("disconnect", () => process.exit(0));
for (let i = 0; i < Number(count); i++) {
  listen();
  if (i % 20 === 19) await new Promise((resolve) => setTimeout(resolve, 50));
}
