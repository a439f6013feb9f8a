import type { ScanField, ScanRow } from "@spillway/engine";
import { errorShape } from "@spillway/triage";

/** How a breakdown names the group of a job. */
export interface KeyOf {
  /** What a scan must bring for it. */
  fields: ScanField[];
  of(row: ScanRow): string;
  /** The error shape of a job, where the groups are shapes. */
  shapeOf?(row: ScanRow): string | null;
}

export interface KeyDeps {
  redact: (text: string) => string;
  whoRan(row: ScanRow): string | null;
  versionOf(row: ScanRow): string | null;
}

const LONGEST = 120;

/** `by`: task, error_shape, worker, worker_version or `payload:` and a dotted path. */
export function keyFor(by: string, deps: KeyDeps): KeyOf {
  if (by.startsWith("payload:")) return byPayload(by.slice("payload:".length).split("."), deps.redact);
  switch (by) {
    case "error_shape":
      return {
        fields: ["error"],
        of: (row) => (row.error === null ? "(no error)" : deps.redact(errorShape(row.error).title)),
        shapeOf: (row) => (row.error === null ? null : errorShape(row.error).id),
      };
    case "worker":
      return { fields: ["worker"], of: (row) => deps.whoRan(row) ?? "(no worker known)" };
    case "worker_version":
      return { fields: ["worker"], of: (row) => deps.versionOf(row) ?? "(version not known)" };
    default:
      return { fields: ["task"], of: (row) => row.task ?? "(no task)" };
  }
}

/** Secrets are taken out before the value is looked up, so that no group can name one. */
function byPayload(path: readonly string[], redact: (text: string) => string): KeyOf {
  return {
    fields: ["payload"],
    of(row) {
      if (row.payload === null || row.payloadTruncated) return "(payload too large)";
      try {
        return short(valueAt(JSON.parse(redact(row.payload)), path));
      } catch {
        return "(not JSON)";
      }
    },
  };
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const part of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, part)) return undefined;
    at = Reflect.get(at, part);
  }
  return at;
}

function short(value: unknown): string {
  if (value === undefined) return "(missing)";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
