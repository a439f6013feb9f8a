import lighthouse from "lighthouse";
import desktop from "lighthouse/core/config/desktop-config.js";

const CATEGORIES = ["performance", "accessibility", "best-practices"] as const;

/** What Lighthouse says of one page: 0–100 each, and the audits that cost points by their ids. */
export interface Marks {
  performance: number;
  accessibility: number;
  "best-practices": number;
  lost: string[];
}

/** Lighthouse as a desktop has it, in the Chromium that listens there. @throws Error if it can't load the page. */
export async function markPage(url: string, port: number): Promise<Marks> {
  const run = await lighthouse(url, { port, onlyCategories: [...CATEGORIES], logLevel: "error" }, desktop);
  if (run === undefined) throw new Error(`Lighthouse said nothing of ${url}.`);
  const { categories, audits, runtimeError } = run.lhr;
  if (runtimeError !== undefined) throw new Error(`${url}: ${runtimeError.message}`);
  const mark = (name: string): number => Math.round((categories[name]?.score ?? 0) * 100);
  const weighted = CATEGORIES.flatMap((name) => categories[name]?.auditRefs ?? []);
  const lost = weighted.filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 0.9);
  return {
    performance: mark("performance"),
    accessibility: mark("accessibility"),
    "best-practices": mark("best-practices"),
    lost: lost.map(({ id }) => `${id} ${audits[id]?.displayValue ?? ""}`.trim()),
  };
}
