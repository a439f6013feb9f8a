import { CSPProvider } from "@base-ui/react/csp-provider";
import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useRef } from "react";
import { IconButton } from "./button.tsx";
import { cx } from "./cx.ts";
import type { DialogProps } from "./dialog.tsx";

const place =
  "fixed z-50 flex max-h-[85dvh] flex-col border border-line bg-panel shadow-float outline-none max-sm:inset-x-0 max-sm:bottom-0 max-sm:rounded-t-xl sm:top-[14vh] sm:left-1/2 sm:-translate-x-1/2 sm:rounded-xl";

export default function DialogFrame({
  title,
  children,
  actions,
  onClose,
  size = "normal",
  tone,
  typing = false,
}: DialogProps) {
  // Else the frame takes the focus, so that Enter neither closes nor acts before anything was read.
  const frame = useRef<HTMLDivElement>(null);
  return (
    <CSPProvider disableStyleElements>
      <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
        <Dialog.Portal>
          <Dialog.Backdrop className="overlay-scrim fixed inset-0 z-40" />
          <Dialog.Popup
            ref={frame}
            initialFocus={typing ? () => frame.current?.querySelector("input") ?? true : frame}
            className={cx(place, size === "wide" ? "sm:w-[720px]" : "sm:w-[480px]")}
          >
            <div className="flex items-start gap-3 px-5 pt-4">
              <Dialog.Title
                className={cx(
                  "min-w-0 flex-1 pt-1 text-lg font-semibold [overflow-wrap:anywhere]",
                  tone === "danger" && "text-failed",
                )}
              >
                {title}
              </Dialog.Title>
              <IconButton label="Close" onClick={onClose}>
                <X size={16} aria-hidden />
              </IconButton>
            </div>
            <div className="min-h-0 overflow-y-auto px-5 pt-2 pb-5">{children}</div>
            {actions === undefined ? null : (
              <div className="flex flex-row-reverse flex-wrap gap-2 border-t border-line px-5 py-3 max-sm:flex-col max-sm:pb-6 max-sm:[&>button]:h-11">
                {actions}
              </div>
            )}
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    </CSPProvider>
  );
}
