import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { renderAt } from "../../../test/render-at.tsx";

const panel = async (name: string) => within(await screen.findByRole("region", { name }));

describe("jobs by what they have in common", () => {
  it("says whether it is one or many, with how old the oldest is and how many are stalled", async () => {
    await renderAt("/queues/billing");
    const active = await panel("Active now");
    expect((await active.findByRole("img", { name: /task/ })).getAttribute("aria-label")).toMatch(
      /^(One|Mostly one) task/,
    );
    expect(await active.findByRole("link", { name: /^the oldest runs for/ })).toBeTruthy();
    expect(active.getByText("none is stalled")).toBeTruthy();
  });

  it("breaks down by another key, and shows three jobs of a group with what they share", async () => {
    const world = await renderAt("/queues/billing");
    const failed = await panel("Failed");
    await userEvent.selectOptions(await failed.findByLabelText("Break down failed"), "by worker version");
    const groups = await (
      await world.fetch("/api/queues/billing/breakdown?state=failed&by=worker_version")
    ).json();
    const [{ key }] = groups.groups;
    await userEvent.click(await failed.findByRole("link", { name: `Samples of ${key}` }));
    const samples = within(await failed.findByRole("list", { name: `Samples of ${key}` }));
    expect(samples.getAllByRole("link", { name: /^Job / })).toHaveLength(3);
    await userEvent.click(await failed.findByRole("link", { name: /^task = / }));
    await waitFor(() =>
      expect(failed.getByLabelText<HTMLSelectElement>("Break down failed").value).toBe("task"),
    );
  });

  it("leads from a version to the jobs it ran", async () => {
    await renderAt("/queues/billing/jobs?state=failed&by=worker_version");
    const failed = await panel("Failed");
    await userEvent.click(await failed.findByRole("link", { name: "2.14.0" }));
    expect(await screen.findByRole("link", { name: "Take away: run by version 2.14.0" })).toBeTruthy();
    expect((await screen.findAllByRole("link", { name: /^Job / })).length).toBeGreaterThan(0);
  });

  it("takes a payload field that is typed", async () => {
    await renderAt("/queues/billing/jobs?state=failed");
    await userEvent.click(await screen.findByRole("link", { name: "Break down" }));
    const failed = await panel("Failed");
    await userEvent.selectOptions(
      await failed.findByLabelText("Break down failed"),
      "by another payload field…",
    );
    await userEvent.type(failed.getByLabelText("Break down failed: payload field"), "tenant{Enter}");
    expect(await failed.findByRole("img", { name: /tenant value/ })).toBeTruthy();
  });

  it("can't break down what is narrowed, and says why", async () => {
    await renderAt("/queues/billing/jobs?state=failed&task=invoice");
    const button = await screen.findByRole("button", { name: "Break down" });
    expect(button.getAttribute("aria-description")).toMatch(/take the filters away/);
  });

  it("says what of the address it did not understand", async () => {
    await renderAt("/queues/billing?failed_by=colour");
    expect(await screen.findByText(/failed_by “colour”/)).toBeTruthy();
  });
});
