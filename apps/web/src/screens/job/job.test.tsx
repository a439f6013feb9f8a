import { createWorld } from "@spillway/testkit";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderAt } from "../../../test/render-at.tsx";

/** The newest failed job of the rehearsal, on its page. The same seed brings the same jobs. */
async function renderFailed() {
  await using probe = await createWorld({ scenario: "bad-deploy" });
  const list = await (await probe.fetch("/api/queues/billing/jobs?state=failed&size=1")).json();
  const id: string = list.items[0].id;
  return { id, world: await renderAt(`/queues/billing/jobs/${id}`) };
}

/** One waiting job with exactly this payload. */
const renderPayload = (text: string) =>
  renderAt("/queues/odd/jobs/1", {
    wrapEngine: (engine) => {
      engine.add("odd", "task", text, { id: "1" });
      return engine;
    },
  });

describe("one job", () => {
  it("tells its story", async () => {
    await renderFailed();
    expect(await screen.findByRole("list", { name: "Timeline" })).toBeTruthy();
    expect(screen.getByRole("region", { name: "Error" }).textContent).toMatch(/library frames? folded/);
    expect(screen.getByRole("region", { name: "Payload" }).textContent).toContain("redacted");
    const same = screen.getByRole("link", { name: "Failed in the same way" });
    expect(same.getAttribute("href")).toMatch(/state=failed&error_shape=/);
    const cancel = screen.getByRole("button", { name: "Cancel…" });
    expect(cancel.getAttribute("aria-description")).toContain("ended already");
  });

  it("does nothing to a job that moved on, and says what is true now", async () => {
    const { id, world } = await renderFailed();
    await userEvent.click(await screen.findByRole("button", { name: "Remove…" }));
    await world.as("ben").post(`/api/queues/billing/jobs/${id}/retry`);
    await userEvent.click(await screen.findByRole("button", { name: "Remove job" }));
    const note = await screen.findByText("Nothing was done: the job has moved on.");
    expect(note.parentElement?.textContent).toMatch(/It is now(waiting|active).*after ben acted on it/);
  });

  it("says of a removed job who removed it", async () => {
    const { id } = await renderFailed();
    await userEvent.click(await screen.findByRole("button", { name: "Remove…" }));
    await userEvent.type(await screen.findByLabelText(/Reason/), "never again");
    await userEvent.click(screen.getByRole("button", { name: "Remove job" }));
    expect(await screen.findByRole("region", { name: "There is no such job in billing" })).toBeTruthy();
    expect(await screen.findByText(/“never again”\./)).toBeTruthy();
    expect(await screen.findByText(new RegExp(`${id} is removed`))).toBeTruthy();
  });

  it("follows a retried job to its end", async () => {
    const { id, world } = await renderFailed();
    await userEvent.click(await screen.findByRole("button", { name: "Retry" }));
    expect(await screen.findByText(`${id} goes back to waiting`)).toBeTruthy();
    await world.clock.advance(120_000);
    expect(await screen.findByText("1 failed again", {}, { timeout: 6000 })).toBeTruthy();
  }, 15_000);

  it("tells of a job that never was", async () => {
    await renderAt("/queues/billing/jobs/no%2Fsuch%20job");
    expect(await screen.findByRole("heading", { name: "no/such job" })).toBeTruthy();
    expect(await screen.findByText(/Nothing in the audit explains it/)).toBeTruthy();
  });
});

describe("odd payloads", () => {
  it("shows __proto__, long digits and hostile text as what they are", async () => {
    await renderPayload(
      '{"__proto__":{"admin":true},"amount":12345678901234567890,"html":"<img src=x onerror=alert(1)>"}',
    );
    const payload = await screen.findByRole("region", { name: "Payload" });
    expect(payload.textContent).toContain("12345678901234567890");
    expect(payload.textContent).toContain("__proto__");
    expect(payload.textContent).toContain("<img src=x onerror=alert(1)>");
    expect(payload.querySelector("img")).toBeNull();
    expect("admin" in {}).toBe(false);
  });

  it("shows what is not JSON as text", async () => {
    await renderPayload("<xml>\u0000 not json");
    expect((await screen.findAllByText("not JSON")).length).toBeGreaterThan(0);
    expect(await screen.findByText(/<xml>/)).toBeTruthy();
  });

  it("lays out a huge one only when asked", async () => {
    await renderPayload(
      JSON.stringify({ lines: Array.from({ length: 20_000 }, (_, index) => `line ${index}`) }),
    );
    expect(await screen.findByRole("button", { name: /^Show all/ })).toBeTruthy();
    expect(screen.queryByText(/line 19999/)).toBeNull();
  });
});
