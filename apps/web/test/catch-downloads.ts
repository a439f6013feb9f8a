import { vi } from "vitest";

/** Keeps the addresses of files that the browser would keep. */
export function catchDownloads() {
  const clicked: string[] = [];
  const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    clicked.push(this.href);
  });
  return { clicked, stop: () => click.mockRestore() };
}
