import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// Lazy routes are transformed at first import, which takes its time on a busy machine.
configure({ asyncUtilTimeout: 30_000 });
afterEach(cleanup);

// jsdom has no layout and no media queries.
class NoResizeObserver implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver ??= NoResizeObserver;
globalThis.matchMedia ??= (query) => ({
  matches: false,
  media: query,
  onchange: null,
  addListener: () => {},
  removeListener: () => {},
  addEventListener: () => {},
  removeEventListener: () => {},
  dispatchEvent: () => false,
});

// jsdom has no streams of events; tests of the stream bring their own transport.
class SilentEventSource extends EventTarget {
  static readonly CLOSED = 2;
  readyState = 1;
  close() {}
}
Object.assign(globalThis, { EventSource: SilentEventSource });
Element.prototype.scrollTo = () => {};
Element.prototype.scrollIntoView = () => {};
Element.prototype.checkVisibility = () => true;
globalThis.scrollTo = () => {};
