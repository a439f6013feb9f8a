import { Download } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { apiUrl } from "../../api/client.ts";
import { Menu } from "../../ui/menu.tsx";
import { type AuditSearch, filterOf } from "./audit-search.ts";

const VerifyDialog = lazy(() => import("./verify-dialog.tsx"));

const formats = [
  { format: "csv", text: "CSV, for a spreadsheet" },
  { format: "ndjson", text: "NDJSON, for other tools" },
  { format: "markdown", text: "Markdown, for notes" },
] as const;

/** Downloads all records that match, not only those shown; and checks what was downloaded before. */
export function ExportMenu({ search }: { search: AuditSearch }) {
  const [verifies, setVerifies] = useState(false);
  const download = (format: (typeof formats)[number]["format"]) => {
    const link = document.createElement("a");
    link.href = apiUrl("exportAudit", {}, { ...filterOf(search), format });
    link.download = "";
    link.click();
  };
  return (
    <>
      <Menu
        label="Export"
        size="small"
        tone="default"
        trigger={
          <>
            <Download size={14} aria-hidden />
            Export
          </>
        }
        entries={[
          ...formats.map(({ format, text }) => ({ key: format, text, onPick: () => download(format) })),
          { key: "verify", text: "Verify an export…", onPick: () => setVerifies(true) },
        ]}
      />
      {verifies ? (
        <Suspense fallback={null}>
          <VerifyDialog onClose={() => setVerifies(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
