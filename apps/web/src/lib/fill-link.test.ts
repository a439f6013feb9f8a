import { expect, test } from "vitest";
import { fillLink } from "./fill-link.ts";

test("fills in names, encoded, and refuses what is not the web", () => {
  expect(
    fillLink("https://logs.example/?q={job_id}&t={task}&x={other}", { job_id: "a/b c", task: "é" }),
  ).toBe("https://logs.example/?q=a%2Fb%20c&t=%C3%A9&x={other}");
  expect(fillLink("javascript:alert({job_id})", { job_id: "1" })).toBeNull();
  expect(fillLink("https://logs.example/{queue}", { queue: null })).toBeNull();
  expect(fillLink("https://logs.example/all", { queue: null })).toBe("https://logs.example/all");
});
