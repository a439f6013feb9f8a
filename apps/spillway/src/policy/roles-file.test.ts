import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPolicy } from "@spillway/bff";
import { expect, test } from "vitest";
import { toConfig } from "../config.ts";
import { parseCommand } from "../parse-flags.ts";
import { readRolesFile } from "./roles-file.ts";

function fileOf(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), "spillway-roles-")), "roles.json");
  writeFileSync(file, text);
  return file;
}

function configOf(...args: string[]) {
  const command = parseCommand(args, {});
  if (command.kind !== "run") throw new Error(`not run but ${command.kind}`);
  return toConfig(command.flags);
}

/** The example that the README shows. */
function example(): string {
  const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
  const section = readme.split("## Roles")[1] ?? "";
  return /```json\n([\s\S]*?)```/.exec(section)?.[1] ?? "";
}

test("the README's example is read, and does what is said beside it", () => {
  const policy = createPolicy(readRolesFile(fileOf(example()), "--roles-file"));
  const ben = { roles: ["billing-oncall"] };
  const admin = { roles: ["admin"] };
  expect(policy.mayDo(ben, "job.remove", "billing-eu")).toBe(true);
  expect(policy.mayDo(ben, "job.remove", "billing-ledger")).not.toBe(true);
  expect(policy.mayDo(ben, "marker.create", null)).not.toBe(true);
  expect([policy.sees(ben, "billing"), policy.sees(ben, "emails")]).toEqual([true, false]);
  expect(policy.mayDo(admin, "queue.pause", "payroll-2026")).toBe("“payroll-2026” is read-only here.");
  expect(policy.needsReason(admin, "queue.drain", "emails")).toBe(true);
  expect(policy.needsReason(ben, "job.retry", "billing")).toBe(true);
  expect(policy.needsReason(admin, "job.retry", "billing")).toBe(false);
});

const MISTAKES: [string, string, string][] = [
  [
    "an action that there is none of",
    `{"roles": {\n "a": {"sees": ["*"],\n "allow": [{"actions": ["job.retyr"], "queues": ["*"]}]}}}`,
    ":3: roles.a.allow.0.actions.0: must name actions",
  ],
  ["a role that sees nothing", `{"roles": {\n "a": {}}}`, ":2: roles.a.sees: "],
  ["a field that there is none of", `{"roles": {"a": {"sees": ["*"],\n"alow": []}}}`, ":2: roles.a.alow: "],
  [
    "a rule without queues",
    `{"roles": {"a": {"sees": ["*"], "deny": [\n{"actions": ["*"], "queues": []}]}}}`,
    ":2: roles.a.deny.0.queues: must name at least one queue",
  ],
  ["a name that can't be given", `{"roles": {\n"a b": {"sees": ["*"]}}}`, ":2: roles.a b: "],
  ["no JSON", "{", "is not JSON"],
];

test.each(MISTAKES)("%s is told with its line and path", (_, text, says) => {
  const file = fileOf(text);
  expect(() => readRolesFile(file, "--roles-file")).toThrow(says);
});

test("flags and file add up, and a group may not give a role that nobody knows", () => {
  const { policy } = configOf("--roles-file", fileOf(example()), "--read-only-queue", "a,b*", "--read-only");
  expect(policy).toMatchObject({ readOnly: true, readOnlyQueues: ["a", "b*", "payroll*"] });
  expect(() => configOf("--default-role", "billing-oncall")).toThrow(
    "names the role billing-oncall, which is neither built in nor in --roles-file",
  );
  expect(() => configOf("--default-role", "billing-oncall", "--roles-file", fileOf(example()))).not.toThrow();
});
