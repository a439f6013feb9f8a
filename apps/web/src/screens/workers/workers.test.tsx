import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { renderAt } from "../../../test/render-at.tsx";

it("shows who works, what each runs, and keeps the lost with what it held", async () => {
  await renderAt("/workers", {
    scenario: "stalled-worker",
    config: { expectedWorkers: { total: 14, queues: {} } },
  });
  const table = await screen.findByRole("table", { name: "Workers at work" });
  expect(screen.getByText(/^11 of 14 workers, 3 missing$/)).toBeTruthy();
  expect(screen.getByText(/expected by configuration/)).toBeTruthy();
  expect(within(table).getAllByRole("row").length).toBe(12);
  const lost = screen.getByRole("table", { name: "Workers that no longer work" });
  expect(within(lost).getByText("lost")).toBeTruthy();
  expect(within(lost).getAllByRole("link", { name: /mail\.send/ }).length).toBeGreaterThan(0);
});

it("filters by the address and leads to a worker's jobs", async () => {
  await renderAt("/workers?queue=billing&health=tired");
  const table = await screen.findByRole("table", { name: "Workers at work" });
  expect(screen.getByText(/health “tired”/)).toBeTruthy();
  const [link] = within(table).getAllByRole("link", { name: /^Jobs of billing-worker in billing$/ });
  expect(link?.getAttribute("href")).toMatch(/^\/queues\/billing\/jobs\?state=active&worker=/);
  expect(within(table).queryByText(/emails-worker/)).toBeNull();
});

it("says which empty it is", async () => {
  await renderAt("/workers?health=stopped");
  expect(await screen.findByText("No worker at work matches")).toBeTruthy();
});

it("says that nobody works where nobody does", async () => {
  await renderAt("/workers", {});
  expect(await screen.findByText("No worker is connected to any queue")).toBeTruthy();
});

it("says that the engine refuses to tell, and shows no number then", async () => {
  await renderAt("/workers", {
    wrapEngine: (engine) =>
      new Proxy(engine, {
        get(target, name) {
          if (name !== "snapshot") {
            const value: unknown = Reflect.get(target, name);
            return value instanceof Function ? value.bind(target) : value;
          }
          return async (...asked: Parameters<typeof engine.snapshot>) => ({
            ...(await target.snapshot(...asked)),
            workers: null,
            workersUnknown: "Redis does not permit CLIENT LIST.",
          });
        },
      }),
  });
  expect(await screen.findByText("Workers unknown")).toBeTruthy();
  expect(screen.getByText("Who works is not known: Redis does not permit CLIENT LIST.")).toBeTruthy();
  expect(screen.getByText("Not permitted to see who works")).toBeTruthy();
});
