import { Check, LoaderCircle, TriangleAlert, X } from "lucide-react";
import { type ReactNode, useEffect, useSyncExternalStore } from "react";
import { createStore } from "../lib/store.ts";
import { IconButton } from "./button.tsx";
import { cx } from "./cx.ts";

export interface Toast {
  id: number;
  /** An action has three outcomes, not two; `running` while it has none yet. */
  outcome: "success" | "failed" | "unknown" | "running";
  title: string;
  children?: ReactNode;
  /** A link, e.g. to the record in the audit. */
  action?: ReactNode;
}

const toasts = createStore<readonly Toast[]>([]);
let lastId = 0;

/** Shows a toast and returns how to change it (a followed job reaching its end) or take it away. */
export function toast(content: Omit<Toast, "id">): {
  update(next: Partial<Omit<Toast, "id">>): void;
  close(): void;
} {
  const id = ++lastId;
  toasts.set((now) => [...now.slice(-4), { ...content, id }]);
  return {
    update: (next) => toasts.set((now) => now.map((one) => (one.id === id ? { ...one, ...next } : one))),
    close: () => closeToast(id),
  };
}

const closeToast = (id: number) => toasts.set((now) => now.filter((one) => one.id !== id));

const looks = {
  success: { icon: Check, colour: "text-completed", word: "Done" },
  failed: { icon: X, colour: "text-failed", word: "Failed" },
  unknown: { icon: TriangleAlert, colour: "text-paused", word: "Outcome unknown" },
  running: { icon: LoaderCircle, colour: "text-active", word: "Under way" },
};

/** The region toasts appear in; rendered once, in the shell. */
export function Toasts() {
  const shown = useSyncExternalStore(toasts.subscribe, toasts.get);
  return (
    <section
      aria-label="Messages"
      aria-live="polite"
      // On a phone one at a time, on the edge of what is under the thumb.
      className="pointer-events-none fixed right-4 bottom-4 left-4 z-50 flex flex-col items-end gap-2 max-sm:inset-x-0 max-sm:bottom-[calc(56px+env(safe-area-inset-bottom))] max-sm:[&>:not(:last-child)]:hidden"
    >
      {shown.map((one) => (
        <ToastCard key={one.id} toast={one} />
      ))}
    </section>
  );
}

function ToastCard({ toast: { id, outcome, title, children, action } }: { toast: Toast }) {
  const { icon: Icon, colour, word } = looks[outcome];
  useEffect(() => {
    // What failed or is unknown stays until somebody has read it.
    if (outcome !== "success") return;
    const timer = setTimeout(closeToast, 8000, id);
    return () => clearTimeout(timer);
  }, [id, outcome]);
  return (
    <div className="pointer-events-auto relative flex w-full max-w-96 gap-3 rounded-lg border border-line bg-panel py-3 pr-2 pl-4 shadow-float max-sm:max-w-none max-sm:rounded-none max-sm:border-x-0 max-sm:border-b-0 max-sm:py-2">
      <Icon size={16} role="img" aria-label={word} className={cx("mt-0.5 shrink-0", colour)} />
      <div className="min-w-0 flex-1 text-sm [&_:is(a,button)]:relative [&_:is(a,button)]:z-1">
        <p className="font-medium [overflow-wrap:anywhere]">{title}</p>
        {children === undefined ? null : (
          <div className="mt-0.5 text-dim [overflow-wrap:anywhere]">{children}</div>
        )}
        {action === undefined ? null : <div className="mt-1.5">{action}</div>}
      </div>
      {/* On a phone all of it is what takes it away, but for what it offers to press. */}
      <IconButton
        label="Dismiss"
        className="-my-1 max-sm:before:absolute max-sm:before:inset-0"
        onClick={() => closeToast(id)}
      >
        <X size={14} aria-hidden />
      </IconButton>
    </div>
  );
}
