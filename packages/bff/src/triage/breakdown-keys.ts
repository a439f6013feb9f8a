import type { ScanField, ScanRow } from "@spillway/engine";
import { ShapeCache } from "@spillway/triage";
import type { Redactor } from "../redaction/index.ts";
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
  redactor: Redactor;
  whoRan(row: ScanRow): string | null;
  versionOf(row: ScanRow): string | null;
}

/** `by`: task, error_shape, worker, worker_version or `payload:` and a dotted path. */
export function keyFor(by: string, deps: KeyDeps): KeyOf {
  const { value } = deps.redactor;
  if (by.startsWith("payload:")) return byPayload(by.slice("payload:".length).split("."), deps.redactor);
  switch (by) {
    case "error_shape": {
      const shapes = new ShapeCache(value);
      return {
        fields: ["error"],
        of: (row) => (row.error === null ? "(no error)" : shapes.shapeOf(row.error).title),
        shapeOf: (row) => (row.error === null ? null : shapes.shapeOf(row.error).id),
      };
    }
    case "worker":
      return { fields: ["worker"], of: (row) => value(deps.whoRan(row) ?? "(no worker known)") };
    case "worker_version":
      return { fields: ["worker"], of: (row) => deps.versionOf(row) ?? "(version not known)" };
    default:
      return { fields: ["task"], of: (row) => row.task ?? "(no task)" };
  }
}

/** Secrets are taken out before the value is looked up, so that no group can name one. */
function byPayload(path: readonly string[], redactor: Redactor): KeyOf {
  return {
    fields: ["payload"],
    of(row) {
      if (row.payload === null || row.payloadTruncated) return "(payload too large)";
      try {
        return fieldAt(JSON.parse(redactor.text(row.payload)), path) ?? "(missing)";
      } catch {
        return "(not JSON)";
      }
    },
  };
}
