import { ChevronDown } from "lucide-react";
import { copyText } from "../../lib/clipboard.ts";
import { Menu, type MenuEntry } from "../../ui/menu.tsx";
import { toast } from "../../ui/toasts.tsx";
import { readAsCurl } from "../session/as-curl.ts";
import { lastingAddress } from "./lasting-address.ts";

/** Copies, and says what was copied; what the browser refuses to copy is shown instead. */
export async function copyAndSay(what: string, text: string): Promise<void> {
  if (await copyText(text)) toast({ outcome: "success", title: `Copied ${what}` });
  else toast({ outcome: "failed", title: "The browser refused to copy", children: text });
}

/** An entry of a menu that copies. */
export const copyEntry = (text: string, what: string, value: () => string): MenuEntry => ({
  key: text,
  text,
  onPick: () => void copyAndSay(what, value()),
});

/** Other ways to take along what is on screen than as a note. */
export const CopyMenu = ({ asked }: { asked: () => string }) => (
  <Menu
    label="Copy otherwise"
    size="small"
    trigger={<ChevronDown size={14} aria-hidden />}
    entries={[
      copyEntry("Copy link", "the link", lastingAddress),
      copyEntry("Copy as curl", "the command", () => readAsCurl(asked())),
    ]}
  />
);
