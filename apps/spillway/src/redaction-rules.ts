import type { RedactionRules } from "@spillway/bff/redaction";
import type { ConfigFile } from "./config-file.ts";
import type { FlagValues } from "./flags.ts";
import { parsePattern } from "./secret-pattern.ts";
import { UsageError } from "./usage-error.ts";
import { REFUSED } from "./values.ts";

type Flags = Pick<FlagValues, "redact-keys" | "no-redact-keys" | "redact-pattern">;

/** What is secret here, from flags and file together. Throws {@link UsageError} where they say both of one name. */
export function redactionRules(
  flags: Flags,
  { redaction: file }: Pick<ConfigFile, "redaction">,
): RedactionRules {
  const secret = [...flags["redact-keys"], ...file.redact_keys];
  const shown = [...flags["no-redact-keys"], ...file.no_redact_keys];
  const both = secret.find((key) => shown.includes(key));
  if (both !== undefined)
    throw new UsageError(`--redact-keys and --no-redact-keys both name ${both}; keep one of them.`);
  const patterns = [...flags["redact-pattern"], ...file.redact_patterns]
    .map(parsePattern)
    .filter((pattern) => pattern !== REFUSED);
  return { keys: { secret, shown }, patterns };
}
