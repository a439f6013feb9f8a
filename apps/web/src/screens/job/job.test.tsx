import { createWorld } from "@spillway/testkit";
import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { leaveUnread, renderAt } from "../../../test/render-at.tsx";
import { queryClient } from "../../api/query-client.ts";

/** The newest failed job of the rehearsal, on its page. The same seed brings the same jobs. */
async function renderFailed() {
  await using probe = await createWorld({ scenario: "bad-deploy" });
  const list = await (await probe.fetch("/api/queues/billing/jobs?state=failed&size=1")).json();
  const id: string = list.items[0].id;
  return { id, world: await renderAt(`/queues/billing/jobs/${id}`) };
}

/** One waiting job with exactly this payload. */
const renderPayload = (text: string, who: { role?: "operator" } = {}) =>
  renderAt(
    "/queues/odd/jobs/1",
    {
      wrapEngine: (engine) => {
        engine.add("odd", "task", text, { id: "1" });
        return engine;
      },
    },
    who,
  );

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
    leaveUnread(`/api/queues/billing/jobs/${id}`);
    await world.as("ben").post(`/api/queues/billing/jobs/${id}/retry`);
    await userEvent.click(await screen.findByRole("button", { name: "Remove job" }));
    const note = await screen.findByText("Nothing was done: the job has moved on.");
    expect(note.parentElement?.textContent).toMatch(/It is now(waiting|active).*after ben acted on it/);
  });

  it("asks no more about a job that was seen to move on", async () => {
    const { id, world } = await renderFailed();
    await userEvent.click(await screen.findByRole("button", { name: "Remove…" }));
    await world.as("ben").post(`/api/queues/billing/jobs/${id}/retry`);
    expect(await screen.findByText("It has moved on meanwhile.", {}, { timeout: 20_000 })).toBeTruthy();
    expect(screen.getByRole("button", { name: "Remove job" }).getAttribute("aria-disabled")).toBe("true");
  });

  it("says of a removed job who removed it", async () => {
    const { id } = await renderFailed();
    await userEvent.click(await screen.findByRole("button", { name: "Remove…" }));
    await userEvent.type(await screen.findByLabelText(/Reason/), "never again");
    await userEvent.click(screen.getByRole("button", { name: "Remove job" }));
    expect(await screen.findByRole("region", { name: `${id} was removed from billing` })).toBeTruthy();
    expect(await screen.findByText(/“never again”\./)).toBeTruthy();
    expect(await screen.findByText(new RegExp(`${id} is removed`))).toBeTruthy();
  });

  it("follows a retried job to its end", async () => {
    const { id, world } = await renderFailed();
    await userEvent.click(await screen.findByRole("button", { name: "Retry" }));
    expect(await screen.findByText(`${id} goes back to waiting`)).toBeTruthy();
    await world.clock.advance(120_000);
    expect(await screen.findByText("1 failed again", {}, { timeout: 40_000 })).toBeTruthy();
  });

  it("tells of a job that never was", async () => {
    await renderAt("/queues/billing/jobs/no%2Fsuch%20job");
    expect(await screen.findByRole("heading", { name: "no/such job" })).toBeTruthy();
    expect(await screen.findByText(/Nothing in the audit explains it/)).toBeTruthy();
  });
});

describe("what is redacted in a payload", () => {
  const payload = '{"tenant":"t-1","password":"hunter2-s3cr3t"}';
  const show = () => screen.findByRole("button", { name: "Show redacted…" });

  it("is shown to whoever says why, on this page only, and who did so is on record", async () => {
    const world = await renderPayload(payload);
    expect((await show()).getAttribute("aria-description")).toMatch(/Everybody who can read the audit/);
    await userEvent.click(await show());
    await userEvent.click(await screen.findByRole("button", { name: "Show them" }));
    expect(await screen.findByText("A reason is required for this here.")).toBeTruthy();
    expect(document.body.textContent).not.toContain("hunter2");
    await userEvent.type(screen.getByLabelText(/Reason/), "the customer calls");
    await userEvent.click(screen.getByRole("button", { name: "Show them" }));
    expect(await screen.findByText(/hunter2-s3cr3t/)).toBeTruthy();
    expect(screen.getByText(/until you leave this page/)).toBeTruthy();
    const record = (await (await world.fetch("/api/audit?action=job.reveal")).json()).items;
    expect(record).toMatchObject([{ reason: "the customer calls", details: { paths: ["password"] } }]);
    // Nothing that outlives the page has it.
    const kept = queryClient.getQueryCache().getAll();
    expect(JSON.stringify(kept.map(({ state }) => state.data ?? null))).not.toContain("hunter2");
    expect(queryClient.getMutationCache().getAll()).toEqual([]);
  });

  it("is hidden again on demand, and when the page is left", async () => {
    await renderPayload(payload);
    const reveal = async () => {
      await userEvent.click(await show());
      await userEvent.type(await screen.findByLabelText(/Reason/), "to see it");
      await userEvent.click(screen.getByRole("button", { name: "Show them" }));
      await screen.findByText(/hunter2-s3cr3t/);
    };
    await reveal();
    await userEvent.click(screen.getByRole("button", { name: "Hide again" }));
    expect(screen.queryByText(/hunter2/)).toBeNull();
    await reveal();
    act(() => void window.dispatchEvent(new Event("pagehide")));
    expect(await show()).toBeTruthy();
    expect(document.body.textContent).not.toContain("hunter2");
  });

  it("is not offered where nothing is redacted", async () => {
    await renderPayload('{"tenant":"t-1"}');
    expect(await screen.findByRole("region", { name: "Payload" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Show redacted…" })).toBeNull();
  });

  it("says to whoever may not why not", async () => {
    await renderPayload(payload, { role: "operator" });
    expect((await show()).getAttribute("aria-description")).toMatch(/it takes admin/);
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
