import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { expect, test } from "./fixtures/test.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SCREENS = [
  "/",
  "/queues",
  "/queues/billing",
  "/queues/billing/jobs",
  "/queues/billing/jobs?state=failed",
  "/queues/billing/dlq",
  "/queues/billing/schedules",
  "/workers",
  "/metrics",
  "/audit",
];

for (const colorScheme of ["light", "dark"] as const) {
  test(`every screen can be used by everyone, ${colorScheme}`, async ({ page, spillway }) => {
    test.setTimeout(180_000);
    const { url } = await spillway.embedded({ scenario: "bad-deploy" });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const path of SCREENS) {
      await page.goto(url + path);
      await expect(page.getByRole("main").getByRole("heading").first()).toBeVisible();
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      await page.evaluate(AXE);
      const { violations } = await page.evaluate<AxeResults>("axe.run(document)");
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
      expect.soft([path, found]).toEqual([path, []]);
    }
  });
}
