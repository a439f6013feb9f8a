import type { ScanField, ScanRow } from "@spillway/engine";
import { ShapeCache } from "@spillway/triage";
import { fieldAt } from "./payload-fields.ts";

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

/** `by`: task, error_shape, worker, worker_version or `payload:` and a dotted path. */
export function keyFor(by: string, deps: KeyDeps): KeyOf {
  if (by.startsWith("payload:")) return byPayload(by.slice("payload:".length).split("."), deps.redact);
  switch (by) {
    case "error_shape": {
      const shapes = new ShapeCache();
      return {
        fields: ["error"],
        of: (row) => (row.error === null ? "(no error)" : deps.redact(shapes.shapeOf(row.error).title)),
        shapeOf: (row) => (row.error === null ? null : shapes.shapeOf(row.error).id),
      };
    }
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
        return fieldAt(JSON.parse(redact(row.payload)), path) ?? "(missing)";
      } catch {
        return "(not JSON)";
      }
    },
  };
}
