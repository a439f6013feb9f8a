import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { copyText } from "../lib/clipboard.ts";
import { Button, type ButtonProps, IconButton } from "./button.tsx";

interface CopyButtonProps extends Omit<ButtonProps, "onClick"> {
  text: string | (() => string);
  label: string;
  iconOnly?: boolean;
}

export function CopyButton({ text, label, iconOnly, ...rest }: CopyButtonProps) {
  const [said, say] = useState<string | null>(null);
  const copy = async () => {
    const copied = await copyText(typeof text === "string" ? text : text());
    say(copied ? "Copied" : "The browser refused; select and copy by hand");
    setTimeout(() => say(null), 1600);
  };
  const icon = said === "Copied" ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />;
  if (iconOnly) {
    return (
      <IconButton label={said ?? label} onClick={copy} {...rest}>
        {icon}
      </IconButton>
    );
  }
  return (
    <Button icon={icon} onClick={copy} {...rest}>
      {said ?? label}
    </Button>
  );
}
