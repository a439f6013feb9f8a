import { createOperationsFile } from "./operations-file.ts";

/** Counts up into a file for ever, says each number once it is safe, and puts the newest anew every ten. */
const store = createOperationsFile(process.argv[2] ?? "");
const line = (n: number): string => JSON.stringify({ n, filler: "x".repeat(200) });

let safe = 0;
for (let n = 1; ; n += 5) {
  const written = [n, n + 1, n + 2, n + 3, n + 4].map((each) => store.append(line(each)));
  const anew = n % 10 === 1 ? store.replace([line(n + 4), line(safe)]).then(() => console.log("anew")) : null;
  await Promise.all([...written, anew]);
  safe = n + 4;
  console.log(safe);
}
