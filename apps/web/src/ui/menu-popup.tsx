import { CSPProvider } from "@base-ui/react/csp-provider";
import { Menu } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { Fragment } from "react";
import { cx } from "./cx.ts";
import type { MenuEntry, MenuProps } from "./menu.tsx";

export default function MenuPopup(props: MenuProps & { triggerClass: string }) {
  const { label, trigger, entries, triggerClass } = props;
  return (
    <CSPProvider disableStyleElements>
      <Menu.Root defaultOpen>
        <Menu.Trigger aria-label={label} className={triggerClass}>
          {trigger}
        </Menu.Trigger>
        {/* Inside a landmark, like everything else on the page. */}
        <Menu.Portal container={document.querySelector("main") ?? undefined}>
          <Menu.Positioner sideOffset={4} align="end" className="z-50">
            <Menu.Popup className="max-h-(--available-height) max-w-80 min-w-44 overflow-y-auto rounded-lg border border-line bg-panel p-1 shadow-float outline-none">
              {entries.map((entry, index) => (
                <Fragment key={entry.key}>
                  {/* What can't be taken back stands apart from what is pressed often. */}
                  {entry.tone === "danger" && index > 0 && entries[index - 1]?.tone !== "danger" ? (
                    <Menu.Separator className="mx-2 my-1.5 h-px bg-line" />
                  ) : null}
                  <Entry entry={entry} told={isTold(entry, entries.slice(0, index))} />
                </Fragment>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </CSPProvider>
  );
}

/** Several entries that can't be picked for one reason show it once; each still says it to who can't see that. */
const isTold = ({ disabledReason }: MenuEntry, before: readonly MenuEntry[]): boolean =>
  before.some((one) => Boolean(disabledReason) && one.disabledReason === disabledReason);

function Entry({ entry, told }: { entry: MenuEntry; told: boolean }) {
  const off = Boolean(entry.disabledReason);
  return (
    <Menu.Item
      disabled={off}
      onClick={entry.onPick}
      className={cx(
        "flex min-h-8 touch:min-h-[44px] cursor-default items-center gap-2 rounded px-2 py-1 text-sm outline-none select-none data-highlighted:bg-raised",
        off ? "text-faint" : entry.tone === "danger" ? "text-failed" : "text-text",
      )}
    >
      {entry.icon}
      <span className="min-w-0 flex-1">
        {entry.text}
        {entry.disabledReason ? (
          <span className={told ? "sr-only" : "block text-xs text-faint"}>{entry.disabledReason}</span>
        ) : null}
      </span>
      {entry.current ? <Check size={14} role="img" aria-label="current" /> : null}
    </Menu.Item>
  );
}
