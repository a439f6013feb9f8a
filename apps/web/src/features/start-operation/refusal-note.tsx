import { Link } from "react-router";
import { paths } from "../../lib/paths.ts";
import { cx } from "../../ui/cx.ts";
import type { Refusal } from "./use-start.ts";

const link = "font-medium text-accent underline underline-offset-2";

/** Why it did not begin, with the way to what stands in its way. `onLeave`: the dialog closes when a link is followed. */
export function RefusalNote({ refusal, onLeave }: { refusal: Refusal | null; onLeave: () => void }) {
  if (refusal === null) return null;
  const { kind, text, operationId, auditId } = refusal;
  return (
    <div
      role="alert"
      className={cx(
        "rounded-md border px-3 py-2 text-sm",
        kind === "unknown" ? "border-paused/60 bg-warn-wash" : "border-failed/60 bg-danger-wash",
      )}
    >
      <p className="[overflow-wrap:anywhere]">{text}</p>
      <p className="mt-1 flex flex-wrap gap-x-4">
        {operationId === null ? null : (
          <Link to={paths.operation(operationId)} onClick={onLeave} className={link}>
            Show the one under way
          </Link>
        )}
        {kind === "unknown" ? (
          <Link to={paths.operations()} onClick={onLeave} className={link}>
            Operations
          </Link>
        ) : null}
        {auditId === null ? null : (
          <Link to={paths.auditRecord(auditId)} onClick={onLeave} className={link}>
            The record
          </Link>
        )}
      </p>
    </div>
  );
}
