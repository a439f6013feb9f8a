import { lazy, type ReactNode, Suspense, useState } from "react";
import { Button, type ButtonTone, buttonClass } from "./button.tsx";

export interface MenuEntry {
  key: string;
  text: string;
  icon?: ReactNode;
  onPick: () => void;
  tone?: "plain" | "danger";
  /** Why it can't be picked, shown under the text. */
  disabledReason?: string | null;
  /** A tick in front: the entry that is true now. */
  current?: boolean;
}

export interface MenuProps {
  /** Spoken name of the trigger. */
  label: string;
  trigger: ReactNode;
  entries: readonly MenuEntry[];
  tone?: ButtonTone;
  size?: "small" | "normal";
}

const MenuPopup = lazy(() => import("./menu-popup.tsx"));

/** A button with a menu; the menu's code loads when somebody reaches for the first one. */
export function Menu(props: MenuProps) {
  const [reached, setReached] = useState<"no" | "near" | "open">("no");
  const resting = (
    <Button
      tone={props.tone ?? "quiet"}
      size={props.size ?? "normal"}
      aria-label={props.label}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={() => setReached((now) => (now === "no" ? "near" : now))}
      onClick={() => setReached("open")}
    >
      {props.trigger}
    </Button>
  );
  if (reached === "no") return resting;
  return (
    <Suspense fallback={resting}>
      <MenuPopup
        {...props}
        startOpen={reached === "open"}
        triggerClass={buttonClass(props.tone ?? "quiet", props.size)}
      />
    </Suspense>
  );
}
