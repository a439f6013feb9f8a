import { readdirSync } from "node:fs";

/** The names of the runs in a folder that the command line asks for, or of all. Ends the process where it asks for another. */
export function askedRuns(folder: string): { names: string[]; isAll: boolean } {
  const all = readdirSync(folder)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => file.slice(0, -".ts".length));
  const asked = process.argv.slice(2).filter((arg) => arg !== "--");
  const unknown = asked.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    process.stderr.write(`There is no ${unknown.join(", ")}. There are: ${all.join(", ")}.\n`);
    process.exit(78);
  }
  return asked.length === 0 ? { names: all, isAll: true } : { names: asked, isAll: false };
}
