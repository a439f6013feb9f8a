import { existsSync } from "node:fs";
import { z } from "zod";
import { readJsonFile } from "../json-file.ts";
import { replaceFile } from "./replace-file.ts";
import { ROLE_NAME, USER_NAME } from "./users-file.ts";

const time = z.iso.datetime({ offset: true });

const token = z.strictObject({
  /** Tells it from others; no secret. */
  id: z.string().regex(/^[\da-f]{8}$/, "must be 8 hexadecimal digits"),
  /** What it is for. */
  name: z.string().regex(USER_NAME, "must be of a-z, 0-9 and . _ @ + -, beginning with a letter or a digit"),
  /** Who answers for it. */
  owner: z.string().trim().min(1).max(80),
  roles: z.array(z.string().regex(ROLE_NAME, "must be the name of a role")).min(1),
  sha256: z.string().regex(/^[\da-f]{64}$/, "must be a hash that `spillway token add` wrote"),
  created_at: time,
  /** Null: never. */
  expires_at: time.nullable(),
  revoked_at: time.nullable(),
});
export type StoredToken = z.infer<typeof token>;

const tokensFile = z.strictObject({ tokens: z.array(token) });

/** Throws `UsageError` in one line with file, line and path of the first mistake. */
export function readTokens(file: string, source: string): StoredToken[] {
  return readJsonFile(file, source, tokensFile).tokens;
}

/** As {@link readTokens}, for a file that may not be there yet. */
export function readTokensIfAny(file: string, source: string): StoredToken[] {
  return existsSync(file) ? readTokens(file, source) : [];
}

export function writeTokens(file: string, tokens: readonly StoredToken[]): void {
  replaceFile(file, `${JSON.stringify({ tokens }, null, 2)}\n`);
}
