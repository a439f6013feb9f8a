import { expect, test } from "vitest";
import { Turns } from "./turns.ts";

const { signal: never } = new AbortController();

/** Those of `names` whose turn has come, in the order in which it came. */
async function world(most: number) {
  const turns = new Turns(most);
  const came: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = (name: string, signal = never) =>
    turns.take("ana", signal).then((end) => {
      came.push(name);
      ends.set(name, end);
    });
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
  return { turns, came, ask, settle, end: (name: string) => ends.get(name)?.() };
}

test("so many go on at once, the others as those end, in the order in which they came", async () => {
  const { came, ask, end, settle, turns } = await world(2);
  for (const name of ["a", "b", "c", "d"]) void ask(name);
  await settle();
  expect(came).toEqual(["a", "b"]);
  end("b");
  await settle();
  expect(came).toEqual(["a", "b", "c"]);
  for (const name of ["a", "c"]) end(name);
  await settle();
  expect(came).toEqual(["a", "b", "c", "d"]);
  end("d");
  expect(turns.size).toBe(0);
});

test("nobody waits for somebody else's", async () => {
  const { turns, ask, settle } = await world(1);
  void ask("a");
  void ask("b");
  await settle();
  (await turns.take("ben", never))();
  expect(turns.size).toBe(1);
});

test("who leaves while waiting takes nobody's turn", async () => {
  const { came, ask, end, settle, turns } = await world(1);
  const gone = new AbortController();
  void ask("a");
  const left = ask("b", gone.signal);
  void ask("c");
  gone.abort(new Error("gone"));
  await expect(left).rejects.toThrow("gone");
  end("a");
  await settle();
  expect(came).toEqual(["a", "c"]);
  end("c");
  expect(turns.size).toBe(0);
  await expect(ask("d", gone.signal)).rejects.toThrow("gone");
});
