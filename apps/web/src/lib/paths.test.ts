import { expect, it } from "vitest";
import { paths, placeOf, readPlace } from "./paths.ts";

it("prints every address", () => {
  expect(Object.values(paths).map((build) => build("a/b %2F", ".."))).toMatchInlineSnapshot(`
    [
      "/",
      "/queues",
      "/queues/a%2Fb%20%252F",
      "/queues/a%2Fb%20%252F/jobs",
      "/queues/a%2Fb%20%252F/jobs/~..",
      "/queues/a%2Fb%20%252F/dlq",
      "/queues/a%2Fb%20%252F/schedules",
      "/queues/a%2Fb%20%252F/metrics",
      "/queues/a%2Fb%20%252F/audit",
      "/workers",
      "/metrics",
      "/operations",
      "/operations/a%2Fb%20%252F",
      "/audit",
      "/audit?incident=a%2Fb%20%252F",
      "/login?next=a%2Fb%20%252F",
      "/audit/a%2Fb%20%252F",
    ]
  `);
});

it.each(["billing", "a/b", "%2F", "a%2Fb", ".", "..", "~x", "ü ✕", "q?x=1#y", "\\"])(
  "reads back a queue and job named %s",
  (name) => {
    expect(readPlace(paths.job(name, name))).toMatchObject({ queue: name, jobId: name });
    expect(placeOf(new Request(`http://localhost:3000${paths.auditRecord(name)}`)).auditId).toBe(name);
    expect(readPlace(paths.operation(name)).operationId).toBe(name);
  },
);

it("lives with a broken escape", () => {
  expect(readPlace("/queues/100%").queue).toBe("100%");
});
