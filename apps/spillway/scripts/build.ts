import { buildAll } from "./build-all.ts";

await buildAll((line) => process.stdout.write(`${line}\n`));
