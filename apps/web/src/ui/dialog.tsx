import type { ReactNode } from "react";
import { lazily } from "./lazily.tsx";

export interface DialogProps {
  title: string;
  children: ReactNode;
  /** Buttons, from the safe one to the one that acts. */
  actions?: ReactNode;
  onClose: () => void;
  size?: "normal" | "wide";
  tone?: "plain" | "danger";
  /** It asks for a text before all else: its first field takes the focus. */
  typing?: boolean;
}

/** A dialog while it is rendered; a sheet from below on phones. Its code loads when the first one opens. */
export const Dialog = lazily<DialogProps>(() => import("./dialog-frame.tsx"));
