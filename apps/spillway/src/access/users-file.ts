import { existsSync } from "node:fs";
import { isPasswordHash } from "@spillway/bff/node";
import { z } from "zod";
import { readJsonFile } from "../json-file.ts";
import { replaceFile } from "./replace-file.ts";

/** What may name a user. */
export const USER_NAME = /^[a-z\d][a-z\d._@+-]{0,99}$/;
export const ROLE_NAME = /^[\w.-]{1,100}$/;

const user = z.strictObject({
  /** What they log in with. */
  name: z.string().regex(USER_NAME, "must be of a-z, 0-9 and . _ @ + -, beginning with a letter or a digit"),
  /** What others see; default: the name. */
  full_name: z.string().trim().min(1).max(80).optional(),
  roles: z.array(z.string().regex(ROLE_NAME, "must be the name of a role")).min(1),
  /** Of the password. */
  hash: z.string().refine(isPasswordHash, "must be a hash that `spillway user passwd` wrote"),
});
export type User = z.infer<typeof user>;

const usersFile = z.strictObject({ users: z.array(user) }).superRefine(({ users }, context) => {
  const seen = new Set<string>();
  for (const [index, { name }] of users.entries()) {
    if (seen.has(name))
      context.addIssue({ code: "custom", path: ["users", index, "name"], message: `${name} is there twice` });
    seen.add(name);
  }
});

/** Throws `UsageError` in one line with file, line and path of the first mistake. */
export function readUsers(file: string, source: string): User[] {
  return readJsonFile(file, source, usersFile).users;
}

/** As {@link readUsers}, for a file that may not be there yet. */
export function readUsersIfAny(file: string, source: string): User[] {
  return existsSync(file) ? readUsers(file, source) : [];
}

export function writeUsers(file: string, users: readonly User[]): void {
  replaceFile(file, `${JSON.stringify({ users }, null, 2)}\n`);
}
