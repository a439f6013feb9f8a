import { afterEach, expect, it, vi } from "vitest";
import { copyText } from "./clipboard.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  document.body.replaceChildren();
  Reflect.deleteProperty(document, "execCommand");
});

/** A page without https: no clipboard, but what is selected can be copied. */
function withoutHttps(answer: boolean): string[] {
  const copied: string[] = [];
  vi.stubGlobal("navigator", {});
  Object.defineProperty(document, "execCommand", {
    configurable: true,
    value() {
      const area = document.activeElement;
      if (area instanceof HTMLTextAreaElement)
        copied.push(area.value.slice(area.selectionStart, area.selectionEnd));
      return answer;
    },
  });
  return copied;
}

it("copies by selection where there is no clipboard, and gives the focus back", async () => {
  const copied = withoutHttps(true);
  const button = document.body.appendChild(document.createElement("button"));
  button.focus();
  expect(await copyText("a line\nand “another”")).toBe(true);
  expect(copied).toEqual(["a line\nand “another”"]);
  expect(document.activeElement).toBe(button);
  expect(document.querySelector("textarea")).toBeNull();
});

it("selects inside the dialog that holds the focus, and says when the browser refuses", async () => {
  withoutHttps(false);
  const dialog = document.body.appendChild(document.createElement("div"));
  dialog.setAttribute("role", "dialog");
  const appended: Node[] = [];
  const append = dialog.append.bind(dialog);
  dialog.append = (...nodes) => {
    appended.push(...nodes.filter((node) => node instanceof Node));
    append(...nodes);
  };
  expect(await copyText("x")).toBe(false);
  expect(appended).toHaveLength(1);
});
