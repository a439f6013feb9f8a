import { lazy, type ReactNode, Suspense, useState } from "react";
import { loadAhead, loadCode } from "../lib/code.ts";
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

const loadPopup = () => import("./menu-popup.tsx");
const MenuPopup = lazy(() => loadCode(loadPopup));

/**
 * A button with a menu; the menu's code loads when somebody reaches for the first one. The button stays the same until it is
 * pressed: one that was replaced between touch and release would lose the tap.
 */
export function Menu(props: MenuProps) {
  const [pressed, setPressed] = useState(false);
  const resting = (
    <Button
      tone={props.tone ?? "quiet"}
      size={props.size ?? "normal"}
      aria-label={props.label}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={() => loadAhead(loadPopup)}
      onClick={() => setPressed(true)}
    >
      {props.trigger}
    </Button>
  );
  if (!pressed) return resting;
  return (
    <Suspense fallback={resting}>
      <MenuPopup {...props} triggerClass={buttonClass(props.tone ?? "quiet", props.size)} />
    </Suspense>
  );
}
