import { Download } from "lucide-react";
import { apiUrl } from "../../api/client.ts";
import { Menu } from "../../ui/menu.tsx";
import { type AuditSearch, filterOf } from "./audit-search.ts";

const formats = [
  { format: "csv", text: "CSV, for a spreadsheet" },
  { format: "ndjson", text: "NDJSON, for other tools" },
  { format: "markdown", text: "Markdown, for notes" },
] as const;

/** Downloads all records that match, not only those shown. */
export function ExportMenu({ search }: { search: AuditSearch }) {
  const download = (format: (typeof formats)[number]["format"]) => {
    const link = document.createElement("a");
    link.href = apiUrl("exportAudit", {}, { ...filterOf(search), format });
    link.download = "";
    link.click();
  };
  return (
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
      entries={formats.map(({ format, text }) => ({ key: format, text, onPick: () => download(format) }))}
    />
  );
}
