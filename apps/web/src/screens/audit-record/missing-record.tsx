import { Link } from "react-router";
import { paths } from "../../lib/paths.ts";
import { buttonClass } from "../../ui/button.tsx";
import { ErrorState } from "../../ui/error-state.tsx";

/** What this process holds, and where the record may be instead. */
export function MissingRecord({ id, detail }: { id: string; detail: string }) {
  return (
    <ErrorState page title="This process does not hold that record" reference={id}>
      <p>{detail}</p>
      <p className="mt-2">
        Records live in the memory of one process. Look in the audit file, in an export, or at the console
        that was running then.
      </p>
      <p className="mt-4">
        <Link to={paths.audit()} className={buttonClass()}>
          Show what is held
        </Link>
      </p>
    </ErrorState>
  );
}
