import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderAt } from "../../../test/render-at.tsx";
import { queryClient } from "../../api/query-client.ts";

it("says in the row of a changed queue how it goes, with a tick in its line where it was changed", async () => {
  const world = await renderAt("/queues", { scenario: "healthy" });
  const rowOf = async (name: string) => {
    const table = within(await screen.findByRole("table", { name: "Queues" }));
    return within((await table.findByRole("link", { name })).closest("tr") ?? expect.fail("no row"));
  };
  expect((await rowOf("billing")).queryByText("too early to tell")).toBeNull();
  await world.clock.advance(60_000);
  await world.post("/api/markers", { kind: "deploy", title: "2.14.1", queue: "billing" });
  await world.clock.advance(3_000);
  // Nobody hears the stream in jsdom: what it would bring is read again.
  await queryClient.invalidateQueries();
  expect(await (await rowOf("billing")).findByText("too early to tell")).toBeTruthy();
  const line = (await rowOf("billing")).getByRole("img", {
    name: /^Waiting jobs of billing lately; \d\d:\d\dZ 2\.14\.1$/,
  });
  expect(line.closest("[data-tip]")?.getAttribute("data-tip")).toMatch(/2\.14\.1$/);
  await world.clock.advance(60_000);
  await queryClient.invalidateQueries();
  expect(await (await rowOf("billing")).findByText("stable")).toBeTruthy();
  expect((await rowOf("emails")).queryByText("stable")).toBeNull();
});
