import type { Operation } from "@spillway/contract/schemas";
import { useNavigate } from "react-router";
import { operationQuery } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import { paths } from "../../lib/paths.ts";
import { BulkDialog } from "./bulk-dialog.tsx";
import { CleanDialog } from "./clean-dialog.tsx";
import { DrainDialog } from "./drain-dialog.tsx";
import { followOperation } from "./follow-operation.tsx";
import { RedriveDialog } from "./redrive-dialog.tsx";
import type { Starting } from "./start.ts";

/** The dialog of what is to begin. A phased retry is then watched on its page, everything else by a message. */
export default function StartDialog({ starting: { start, finish } }: { starting: Starting }) {
  const navigate = useNavigate();
  const cancel = () => finish(null);
  const begun = (operation: Operation) => {
    // What the stream brought meanwhile is newer than the reply.
    queryClient.setQueryData(operationQuery(operation.id).queryKey, (known) => known ?? operation);
    finish(operation);
    if (operation.kind === "redrive") void navigate(paths.operation(operation.id));
    else followOperation(operation);
  };
  const ends = { onCancel: cancel, onBegun: begun };
  switch (start.kind) {
    case "bulk":
      return <BulkDialog {...start} {...ends} />;
    case "redrive":
      return <RedriveDialog {...start} {...ends} />;
    case "drain":
      return <DrainDialog {...start} {...ends} />;
    case "clean":
      return <CleanDialog {...start} {...ends} />;
  }
}
