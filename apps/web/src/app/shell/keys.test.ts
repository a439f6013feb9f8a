import { afterEach, expect, it } from "vitest";
import { listenForKeys, setSingleKeys } from "./keys.ts";

let stop = () => {};
afterEach(() => {
  stop();
  document.body.replaceChildren();
  setSingleKeys(true);
});

function listen(): string[] {
  const done: string[] = [];
  stop = listenForKeys({
    open: (what) => done.push(what),
    go: (to) => done.push(to),
  });
  return done;
}

const press = (key: string, options: KeyboardEventInit = {}, target: Element = document.body) =>
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...options }));

it("goes places by g and a letter, helps by ?, notes by n and searches by /", () => {
  const done = listen();
  for (const key of ["g", "q", "g", "w", "q", "?", "n", "s", "/"]) press(key);
  expect(done).toEqual(["/queues", "/workers", "help", "note", "since", "palette"]);
});

it("leaves keys alone while somebody types, holds a modifier or answers a question", () => {
  const done = listen();
  const field = document.body.appendChild(document.createElement("input"));
  for (const key of ["?", "/", "g", "a"]) press(key, {}, field);
  press("g");
  press("a", { metaKey: true });
  const dialog = document.body.appendChild(document.createElement("div"));
  dialog.setAttribute("role", "dialog");
  press("?");
  expect(done).toEqual([]);
  press("k", { ctrlKey: true }, field);
  expect(done).toEqual(["palette"]);
});

it("does nothing by single keys where they are turned off", () => {
  const done = listen();
  setSingleKeys(false);
  press("?");
  press("k", { metaKey: true });
  expect(done).toEqual(["palette"]);
});
