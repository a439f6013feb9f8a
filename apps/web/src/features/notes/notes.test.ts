import type { Session } from "@spillway/contract/schemas";
import { expect, it } from "vitest";
import { codeName, printNote } from "./notes.ts";

const session = { environment: { name: "prod_eu", tone: "red" } } as Session;

it("prints Markdown that names where and when, and escapes names", () => {
  const note = printNote(
    { title: "emails *grow*", lines: ["41 208 waiting"] },
    session,
    "https://ops/queues/emails",
  );
  expect(note).toMatch(
    /^\*\*emails \\\*grow\\\*\*\* \(prod\\_eu, \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ\)\n\n- 41 208 waiting\n\n<https:\/\/ops\/queues\/emails>\n$/,
  );
});

it.each([
  ["billing", "`billing`"],
  ["a`b", "`` a`b ``"],
  ["a``b", "``` a``b ```"],
])("fences %s so that it stays one name", (name, printed) => {
  expect(codeName(name)).toBe(printed);
});
