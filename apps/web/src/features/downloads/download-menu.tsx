import { Download } from "lucide-react";
import type { ButtonTone } from "../../ui/button.tsx";
import { Menu, type MenuEntry } from "../../ui/menu.tsx";

interface DownloadMenuProps<F extends string> {
  formats: readonly { format: F; text: string }[];
  /** Where the file of a format is; null: it is not wanted after all. */
  url: (format: F) => string | null | Promise<string | null>;
  /** Why none may be taken, or null. */
  disabledReason?: string | null;
  /** Other things to do with such a file. */
  more?: readonly MenuEntry[];
  tone?: ButtonTone;
}

/** Takes what matches along as a file, not only what is shown. The browser keeps it: what is large never stands in the page. */
export function DownloadMenu<F extends string>({
  formats,
  url,
  disabledReason = null,
  more = [],
  tone = "default",
}: DownloadMenuProps<F>) {
  const download = async (format: F) => {
    const href = await url(format);
    if (href === null) return;
    const link = document.createElement("a");
    link.href = href;
    link.download = "";
    link.click();
  };
  return (
    <Menu
      label="Export"
      size="small"
      tone={tone}
      trigger={
        <>
          <Download size={14} aria-hidden />
          Export
        </>
      }
      entries={[
        ...formats.map(({ format, text }) => ({
          key: format,
          text,
          disabledReason,
          onPick: () => void download(format),
        })),
        ...more,
      ]}
    />
  );
}
