import { cleanup, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderAt } from "../../../test/render-at.tsx";

const stamp = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ/;

/** What is in the clipboard once the note was copied. */
async function copied(): Promise<string> {
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "Copy for notes" }));
  await screen.findByRole("button", { name: "Copied" });
  return navigator.clipboard.readText();
}

it.each([
  ["/", /^\*\*1 thing needing attention\*\*/, /workers; .* waiting/],
  ["/queues", /^\*\*5 queues\*\*/, /`billing`: .* waiting/],
  [
    "/queues/billing",
    /^\*\*Queue billing\*\*/,
    /(Regressing|Still failing|Stable|Recovering|Too early to tell)/,
  ],
  [
    "/queues/billing/jobs?state=failed",
    /^\*\*Jobs failed in billing\*\*/,
    /`invoice.charge` failed at \d{4}/,
  ],
  ["/queues/billing/dlq", /^\*\*billing: [\d,]+ failed jobs\*\*/, /at `StripeClient.request.*first \d{4}/],
  ["/queues/billing/schedules", /^\*\*billing: 1 schedule\*\*/, /next \d{4}/],
  ["/workers", /^\*\*12 of 12 workers\*\*/, /version/],
  ["/metrics", /^\*\*All queues\*\*/, /failed attempts: /],
  ["/operations", /^\*\*0 operations\*\*/, /^\*\*/],
  ["/audit", /^\*\*Audit: /, /held/],
])(
  "copies %s with its title, its facts, the time in UTC and where it was seen",
  async (address, title, facts) => {
    await renderAt(address);
    // What comes later than the screen belongs to the note too.
    await waitFor(() => expect(document.querySelector("[aria-busy=true]")).toBeNull());
    const note = await copied();
    expect(note).toMatch(title);
    expect(note).toMatch(facts);
    expect(note).toMatch(stamp);
    expect(note).toMatch(/<http:\/\/localhost[^>]*>\n$/);
  },
);

it("copies a job with its error, where it was thrown and its steps", async () => {
  const world = await renderAt("/workers");
  const { items } = await (await world.fetch("/api/queues/billing/jobs?state=failed&size=1")).json();
  const { id } = items[0];
  cleanup();
  // The same scenario at the same time has the same jobs.
  await renderAt(`/queues/billing/jobs/${encodeURIComponent(id)}`);
  const note = await copied();
  expect(note).toContain(id);
  expect(note).toMatch(/thrown at `/);
  expect(note).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ · created/);
});
