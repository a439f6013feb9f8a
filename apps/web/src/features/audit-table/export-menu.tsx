import { lazy, Suspense, useState } from "react";
import { DownloadMenu } from "../downloads/download-menu.tsx";
import { type AuditSearch, filterOf } from "./audit-search.ts";
import { useAuditExport } from "./use-audit-export.ts";

const VerifyDialog = lazy(() => import("./verify-dialog.tsx"));

const formats = [
  { format: "csv", text: "CSV, for a spreadsheet" },
  { format: "ndjson", text: "NDJSON, for other tools" },
  { format: "markdown", text: "Markdown, for notes" },
] as const;

/** Downloads all records that match, not only those shown, which is on record; and checks what was downloaded before. */
export function ExportMenu({ search }: { search: AuditSearch }) {
  const [verifies, setVerifies] = useState(false);
  const { off, url } = useAuditExport();
  return (
    <>
      <DownloadMenu
        formats={formats}
        disabledReason={off}
        url={(format) => url({ ...filterOf(search), format })}
        more={[{ key: "verify", text: "Verify an export…", onPick: () => setVerifies(true) }]}
      />
      {verifies ? (
        <Suspense fallback={null}>
          <VerifyDialog onClose={() => setVerifies(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
