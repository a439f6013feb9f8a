import { Download } from "lucide-react";
import type { ButtonTone } from "../../ui/button.tsx";
import { Menu, type MenuEntry } from "../../ui/menu.tsx";
import { keep } from "./keep.ts";

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

/** Takes what matches along as a file, not only what is shown. */
export function DownloadMenu<F extends string>({
  formats,
  url,
  disabledReason = null,
  more = [],
  tone = "default",
}: DownloadMenuProps<F>) {
  const download = async (format: F) => {
    const href = await url(format);
    if (href !== null) keep(href);
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
