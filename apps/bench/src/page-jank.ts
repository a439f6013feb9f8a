import type { Page } from "@playwright/test";

declare global {
  /** What a page took since it was asked last. */
  var jank: Jank | undefined;
}

/** How a page felt. All ms. */
export interface Jank {
  /** From a key or a click to the next paint, the worst event of each; of those that took less than 16 nothing is told. */
  interactions: number[];
  /** Tasks during which the page could not have answered anybody: those above 50. */
  longTasks: number[];
  /** Between two frames while it was scrolled. */
  frames: number[];
}

/** To be called before a page is opened. */
export async function watchJank(page: Page): Promise<void> {
  await page.addInitScript(collect);
}

/** What was collected since it was asked last. */
export async function takeJank(page: Page): Promise<Jank> {
  return page.evaluate(() => {
    const taken = globalThis.jank;
    if (taken === undefined) throw new Error("Nobody watches this page.");
    globalThis.jank = { interactions: [], longTasks: [], frames: [] };
    return taken;
  });
}

/** Scrolls down and up again as somebody with a wheel does, and counts the time between frames meanwhile. */
export async function scroll(page: Page, ms: number): Promise<void> {
  await page.evaluate(async (lasting) => {
    const end = performance.now() + lasting;
    let [last, speed] = [performance.now(), 90];
    while (performance.now() < end) {
      const at = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      globalThis.jank?.frames.push(at - last);
      last = at;
      const before = scrollY;
      scrollBy(0, speed);
      if (scrollY === before) speed = -speed;
    }
    scrollTo(0, 0);
  }, ms);
}

const collect = (): void => {
  globalThis.jank = { interactions: [], longTasks: [], frames: [] };
  // Several events make one interaction: it is told once, when the next one begins.
  let [current, worst] = [0, 0];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const id = Number(Reflect.get(entry, "interactionId"));
      if (!(id > 0)) continue;
      if (id !== current && current > 0) globalThis.jank?.interactions.push(worst);
      worst = id === current ? Math.max(worst, entry.duration) : entry.duration;
      current = id;
    }
  }).observe(Object.assign({ type: "event", buffered: true }, { durationThreshold: 16 }));
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) globalThis.jank?.longTasks.push(duration);
  }).observe({ type: "longtask", buffered: true });
};
