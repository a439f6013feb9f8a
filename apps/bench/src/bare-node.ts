import { spawn } from "node:child_process";
import { once } from "node:events";
import { endWithUs } from "@spillway/testkit/node";

/** What this Node takes with nothing to run, bytes resident. */
export async function bareRss(): Promise<number> {
  const script = "process.stdout.write(String(process.memoryUsage.rss()))";
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  endWithUs(child);
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  await once(child, "close");
  return Number(said);
}
