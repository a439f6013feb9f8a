import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { listenForKeys, setSingleKeys } from "./keys.ts";

let stop = () => {};
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
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

/** Presses the keys, and pauses. */
function type(keys: string): void {
  for (const key of keys) press(key);
  vi.advanceTimersByTime(1000);
}

it("goes places by g and a letter, helps by ?, notes by n and searches by /", () => {
  const done = listen();
  for (const keys of ["gq", "gw", "q", "?", "n", "s", "/"]) type(keys);
  expect(done).toEqual(["/queues", "/workers", "help", "note", "since", "palette"]);
});

it("waits two seconds for the place after g", () => {
  const done = listen();
  press("g");
  vi.advanceTimersByTime(1900);
  type("m");
  press("g");
  vi.advanceTimersByTime(2100);
  type("m");
  expect(done).toEqual(["/metrics"]);
});

it("does nothing by words that somebody types into no field, nor by the blanks and Enter between them", () => {
  const done = listen();
  list();
  const words = ["amount must be positive", "no answer from stripe", "n", "go queue", "s?", "ng"];
  const passed = words.map((keys) => {
    for (const key of keys) press(key);
    return [press(" "), press("Enter")];
  });
  vi.advanceTimersByTime(3000);
  // Who writes slowly pauses between words.
  for (const keys of ["amou", "n", "t ", "s"]) {
    for (const key of keys) press(key);
    vi.advanceTimersByTime(500);
  }
  vi.advanceTimersByTime(3000);
  expect(done).toEqual([]);
  expect(passed).toEqual(words.map(() => [false, false]));
  type("n");
  expect(done).toEqual(["note"]);
});

it("keeps a key to itself that is followed by writing in a field", () => {
  const done = listen();
  const field = document.body.appendChild(document.createElement("input"));
  press("n");
  press("o", {}, field);
  vi.advanceTimersByTime(3000);
  expect(done).toEqual([]);
});

it("walks on from a check box, which letters mean nothing to", () => {
  listen();
  list();
  const box = document.querySelector("input");
  for (const key of ["j", "x"]) press(key, {}, box ?? undefined);
  expect(here()).toBe("a");
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

/** A list of three rows, the last of which leads nowhere; returns the ids of what is selected, and with shift or not. */
function list(): string[] {
  const selected: string[] = [];
  document.body.innerHTML = `<main>${["a", "b", "c"]
    .map(
      (id) =>
        `<div data-row><input type="checkbox" id="box-${id}">${id === "c" ? "" : `<a href="#" id="${id}">x</a>`}</div>`,
    )
    .join("")}</main>`;
  document.body.addEventListener("click", (event) => {
    if (event.target instanceof HTMLInputElement)
      selected.push(`${event.target.id}${event.shiftKey ? " and those before" : ""}`);
  });
  return selected;
}
const here = () => document.activeElement?.id;

it("walks over the rows of a list by j and k, and stops at its ends", () => {
  listen();
  list();
  const walked = ["j", "j", "j", "k", "k"].map((key) => {
    press(key);
    return here();
  });
  expect(walked).toEqual(["a", "b", "b", "a", "a"]);
});

it("selects the row it is at by x, a range with shift, and leaves by Esc", () => {
  listen();
  const selected = list();
  press("x");
  for (const key of ["j", "x", "j"]) press(key);
  press("X", { shiftKey: true });
  expect(selected).toEqual(["box-a", "box-b and those before"]);
  let cleared = 0;
  const bar = document.createElement("section");
  bar.innerHTML = '<button id="retry">Retry…</button>';
  const clear = bar.appendChild(document.createElement("button"));
  clear.setAttribute("data-clears-selection", "");
  clear.onclick = () => {
    cleared += 1;
    clear.remove();
  };
  document.querySelector("main")?.append(bar);
  press("a");
  expect(here()).toBe("retry");
  press("k");
  press("Escape");
  expect([cleared, here()]).toEqual([1, "b"]);
  press("Escape");
  expect(document.activeElement).toBe(document.body);
});
