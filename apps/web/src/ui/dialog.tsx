import { lazy, type ReactNode, Suspense } from "react";

export interface DialogProps {
  title: string;
  children: ReactNode;
  /** Buttons, from the safe one to the one that acts. */
  actions?: ReactNode;
  onClose: () => void;
  size?: "normal" | "wide";
  tone?: "plain" | "danger";
}

const DialogFrame = lazy(() => import("./dialog-frame.tsx"));

/** A dialog while it is rendered; a sheet from below on phones. Its code loads when the first one opens. */
export function Dialog(props: DialogProps) {
  return (
    <Suspense fallback={null}>
      <DialogFrame {...props} />
    </Suspense>
  );
}
