import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import { cx } from "./cx.ts";

export type ButtonTone = "default" | "primary" | "danger" | "quiet";

export interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "disabled"> {
  tone?: ButtonTone;
  size?: "small" | "normal";
  /** Why it can't be pressed now, as a sentence. Set, the button stays focusable and says so. */
  disabledReason?: string | null | undefined;
  busy?: boolean;
  icon?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

const tones: Record<ButtonTone, string> = {
  default: "border-line-strong bg-panel text-text hover:bg-raised",
  primary: "border-transparent bg-accent-solid text-on-accent hover:brightness-110",
  danger: "border-transparent bg-danger-solid text-on-accent hover:brightness-110",
  quiet: "border-transparent bg-transparent text-dim hover:bg-raised hover:text-text",
};
const off = "border-line bg-raised text-faint cursor-not-allowed";

const shape = (size: "small" | "normal"): string =>
  cx(
    "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors duration-100",
    size === "small" ? "h-7 px-2 text-xs" : "h-8 px-3 text-sm",
    "touch:min-h-[44px]",
  );

export const buttonClass = (tone: ButtonTone = "default", size: "small" | "normal" = "normal"): string =>
  cx(shape(size), tones[tone]);

export function Button(props: ButtonProps) {
  const {
    tone = "default",
    size = "normal",
    disabledReason,
    busy,
    icon,
    className,
    children,
    onClick,
    type,
    ...rest
  } = props;
  const blocked = disabledReason ?? (busy ? "Working on it" : null);
  return (
    <button
      type={type ?? "button"}
      aria-disabled={blocked !== null || undefined}
      aria-description={blocked ?? undefined}
      data-tip={blocked ?? undefined}
      aria-busy={busy || undefined}
      className={cx(shape(size), blocked === null ? tones[tone] : off, className)}
      onClick={blocked === null ? onClick : (event) => event.preventDefault()}
      {...rest}
    >
      {icon}
      {children}
    </button>
  );
}

/** A square button with an icon; its label is spoken and shown as tooltip. */
export function IconButton({ label, children, className, ...rest }: ButtonProps & { label: string }) {
  return (
    <Button
      tone="quiet"
      aria-label={label}
      data-tip={rest.disabledReason ?? label}
      className={cx("w-8 px-0!", className)}
      {...rest}
    >
      {children}
    </Button>
  );
}
