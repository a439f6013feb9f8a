import { EVERYWHERE, isRole, type PolicyRules } from "@spillway/bff";
import type { Access } from "../access/access.ts";
import type { ParsedFlags } from "../parse-flags.ts";
import { UsageError } from "../usage-error.ts";
import { readRolesFile } from "./roles-file.ts";

/** What the flags and both files say together. Throws `UsageError`. */
export function policyRules(
  { values, given }: Pick<ParsedFlags, "values" | "given">,
  reasonRequired: readonly string[],
): PolicyRules {
  const file = values["roles-file"];
  const said = file === null ? {} : readRolesFile(file, given.get("roles-file") ?? "--roles-file");
  return {
    ...said,
    readOnly: values["read-only"],
    readOnlyQueues: [...values["read-only-queue"], ...(said.readOnlyQueues ?? [])],
    reasonRequired: [{ actions: reasonRequired, queues: EVERYWHERE }, ...(said.reasonRequired ?? [])],
  };
}

/** A group or a default that gives a role nobody knows lets people in who then see nothing. Throws `UsageError`. */
export function checkRoles(rules: PolicyRules, access: Access, given: ParsedFlags["given"]): void {
  const check = (role: string, flag: "group-roles" | "default-role") => {
    if (isRole(rules, role)) return;
    const source = given.get(flag) ?? `--${flag}`;
    throw new UsageError(`${source} names the role ${role}, which is neither built in nor in --roles-file.`);
  };
  for (const { role } of access.groupRoles) check(role, "group-roles");
  if (access.defaultRole !== null) check(access.defaultRole, "default-role");
}
