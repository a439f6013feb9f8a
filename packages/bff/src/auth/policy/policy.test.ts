import { ACTIONS, actions, type Endpoint, endpoints, ROLES } from "@spillway/contract/table";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createPolicy } from "./create-policy.ts";
import { glob } from "./glob.ts";

const who = (...roles: string[]) => ({ roles });

const RULES = {
  roles: {
    billing: {
      sees: ["billing*", "emails"],
      allow: [
        { actions: ["queue.pause", "queue.resume", "job.*", "operation.*"], queues: ["billing*"] },
        { actions: ["job.retry"], queues: ["emails", "hidden"] },
      ],
      deny: [{ actions: ["destructive"], queues: ["billing-ledger"] }],
    },
  },
};

describe("roles", () => {
  test("viewer, operator and admin may do what the table says, and see all", () => {
    const policy = createPolicy();
    for (const role of ROLES)
      for (const action of ACTIONS) {
        const needed = actions[action].role;
        const may = needed === "anyone" || ROLES.indexOf(role) >= ROLES.indexOf(needed);
        expect([role, action, policy.mayDo(who(role), action, "q") === true]).toEqual([role, action, may]);
        expect(policy.mayDo(who(role), action, null) === true).toBe(may);
      }
    expect(policy.viewOf(who("viewer"))).toBe(policy.viewOf(who("admin")));
    expect(policy.views).toEqual([]);
  });

  test("nobody, and whoever has roles that no one knows, may do and read nothing", () => {
    const policy = createPolicy(RULES);
    for (const nobody of [who(), who("root"), who("__proto__"), who("constructor")]) {
      expect(policy.permitted(nobody)).toEqual(["session.login", "session.logout"]);
      expect(policy.sees(nobody, "billing")).toBe(false);
      for (const endpoint of Object.values<Endpoint>(endpoints))
        expect(policy.mayRead(nobody, endpoint)).toBe(endpoint.role === "anyone");
    }
  });

  test("a role of one's own acts on its queues only, and a denial wins", () => {
    const policy = createPolicy(RULES);
    const ben = who("billing");
    expect(policy.mayDo(ben, "job.retry", "billing")).toBe(true);
    expect(policy.mayDo(ben, "job.remove", "billing-eu")).toBe(true);
    expect(policy.mayDo(ben, "job.remove", "billing-ledger")).toBe(
      "job.remove is not allowed to billing on “billing-ledger”.",
    );
    expect(policy.mayDo(ben, "job.retry", "billing-ledger")).toBe(true);
    expect(policy.mayDo(ben, "queue.drain", "billing")).toBe("queue.drain is not allowed to billing.");
    expect(policy.mayDo(ben, "job.retry", "emails")).toBe(true);
    expect(policy.mayDo(ben, "queue.pause", "emails")).not.toBe(true);
    // What can't be seen can't be touched.
    expect(policy.mayDo(ben, "job.retry", "hidden")).not.toBe(true);
    expect(policy.mayDo(ben, "marker.create", null)).not.toBe(true);
    expect(policy.viewOf(ben).denied("emails")).toHaveProperty("queue.pause");
    expect(policy.viewOf(ben).denied("emails")).not.toHaveProperty(["job.retry"]);
    expect(policy.viewOf(ben).denied("billing")).toEqual({});
  });

  test("two roles add up, but what one denies stays denied", () => {
    const policy = createPolicy(RULES);
    const both = who("billing", "operator");
    expect(policy.mayDo(both, "queue.pause", "webhooks")).toBe(true);
    expect(policy.mayDo(both, "job.remove", "billing-ledger")).not.toBe(true);
    expect(policy.viewOf(both).key).toBe(policy.viewOf(who("operator", "billing", "nobody")).key);
  });

  test("read-only holds for everyone, on all queues or on some", () => {
    const all = createPolicy({ readOnly: true });
    for (const action of ACTIONS)
      expect([action, all.mayDo(who("admin"), action, "q") === true]).toEqual([
        action,
        action.startsWith("session.") || ["queue.export", "audit.export", "metrics.export"].includes(action),
      ]);
    const some = createPolicy({ readOnlyQueues: ["billing*"] });
    expect(some.mayDo(who("admin"), "queue.pause", "billing")).toBe("“billing” is read-only here.");
    expect(some.mayDo(who("admin"), "queue.pause", "emails")).toBe(true);
    expect(some.mayDo(who("admin"), "marker.create", "billing")).toBe(true);
    expect([some.isReadOnly("billing-eu"), some.isReadOnly("emails"), some.readOnly]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("a reason is asked of whom, for what and where the rules say", () => {
    const policy = createPolicy({
      reasonRequired: [
        { actions: ["destructive"], queues: ["*"] },
        { actions: ["job.retry"], queues: ["billing"], roles: ["operator"] },
      ],
    });
    expect(policy.needsReason(who("admin"), "queue.drain", "emails")).toBe(true);
    expect(policy.needsReason(who("admin"), "queue.pause", "emails")).toBe(false);
    expect(policy.needsReason(who("operator"), "job.retry", "billing")).toBe(true);
    expect(policy.needsReason(who("operator"), "job.retry", "emails")).toBe(false);
    expect(policy.needsReason(who("admin"), "job.retry", "billing")).toBe(false);
    expect(policy.reasonsRequired(who("operator"))).toContain("job.retry");
    expect(policy.reasonsRequired(who("admin"))).not.toContain("job.retry");
  });
});

describe("a pattern", () => {
  test("fits what a regular expression of the same meaning fits", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "*", ".", "-"), maxLength: 8 });
    fc.assert(
      fc.property(text, text, (pattern, name) => {
        const escaped = pattern.split("*").map((part) => part.replaceAll(/[.-]/g, String.raw`\$&`));
        expect(glob(pattern)(name)).toBe(new RegExp(`^${escaped.join(".*")}$`).test(name));
      }),
      { numRuns: 2_000 },
    );
  });

  test("looks at a text once, however many stars it has", () => {
    expect(glob(`${"a*".repeat(128)}b`)("a".repeat(1_000_000))).toBe(false);
  });
});
