import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { renderAt } from "../../../test/render-at.tsx";

const config = {
  links: [
    { on: "trouble", label: "Runbook", url: "https://runbook.example/{trouble}?queue={queue}" },
    { on: "queue", label: "Logs", url: "https://logs.example/?queue={queue}" },
    { on: "task", label: "Source", url: "https://code.example/{task}" },
    { on: "task", label: "Trace", url: "https://trace.example/{job_id}" },
    { on: "worker", label: "Host", url: "https://hosts.example/{host}/{worker}" },
  ],
} as const;
const world = { scenario: "bad-deploy", config: { links: [...config.links] } };
const hrefs = (links: readonly HTMLElement[]) => links.map((link) => link.getAttribute("href"));

it("leads from what needs attention to its runbook", async () => {
  const runbook = "https://runbook.example/failure_spike?queue=billing";
  await renderAt("/", world);
  expect(hrefs(await screen.findAllByRole("link", { name: "Runbook ↗" }))).toContain(runbook);
});

it("leads from a queue's menu to its logs, and from a running task to its source", async () => {
  await renderAt("/queues/billing", world);
  const opened = vi.spyOn(globalThis, "open").mockReturnValue(null);
  await userEvent.click(await screen.findByRole("button", { name: "More for billing" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Logs ↗" }));
  expect(opened.mock.calls[0]?.[0]).toBe("https://logs.example/?queue=billing");
  opened.mockRestore();
  const running = await screen.findByRole("region", { name: "Active now" });
  expect(hrefs(await within(running).findAllByRole("link", { name: "Source ↗" }))).toContain(
    "https://code.example/invoice.charge",
  );
  // Which job is not known here, so what needs one is left out.
  expect(within(running).queryByRole("link", { name: "Trace ↗" })).toBeNull();
});

it("leads from a worker to its host", async () => {
  await renderAt("/workers", world);
  const [first = ""] = hrefs(await screen.findAllByRole("link", { name: "Host ↗" }));
  expect(first).toMatch(/^https:\/\/hosts\.example\/[^/{]+\/[^/{]+$/);
});
