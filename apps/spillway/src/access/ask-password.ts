import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { UsageError } from "../usage-error.ts";

/** Asks twice without showing what is typed; where there is no terminal, takes the first line of standard input. */
export async function askPassword(): Promise<string> {
  if (!process.stdin.isTTY) return firstLine();
  const first = await askUnseen("Password: ");
  if ((await askUnseen("Again: ")) === first) return first;
  throw new UsageError("The two are not the same; nothing was changed.");
}

async function firstLine(): Promise<string> {
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) return line;
  return "";
}

/** Never an argument: those are seen by everyone on the machine and kept in histories. */
function askUnseen(prompt: string): Promise<string> {
  process.stderr.write(prompt);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  terminal.once("line", resolve);
  terminal.once("SIGINT", () => reject(new UsageError("Nothing was changed.")));
  return promise.finally(() => {
    terminal.close();
    process.stderr.write("\n");
  });
}
