import type { Reply } from "@spillway/contract/schemas";
import { Eye, EyeOff } from "lucide-react";
import { type FormEvent, type KeyboardEvent, type RefObject, useRef, useState } from "react";
import { Button, IconButton } from "../../ui/button.tsx";
import { Field, Input } from "../../ui/field.tsx";
import { useLogin } from "./use-login.ts";

interface LoginFormProps {
  /** Who it was before. */
  user?: string;
  onDone: (reply: Reply<"logIn">) => void;
}

const tall = "h-10! w-full";

/** Asks for a name and a password, and says why that was not enough. */
export function LoginForm({ user = "", onDone }: LoginFormProps) {
  const { failure, busy, waitS, attempt } = useLogin();
  const [missing, setMissing] = useState<"user" | "password" | null>(null);
  const userBox = useRef<HTMLInputElement>(null);
  const passwordBox = useRef<HTMLInputElement>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const [name, password] = [userBox.current?.value.trim() ?? "", passwordBox.current?.value ?? ""];
    const lacks = name === "" ? "user" : password === "" ? "password" : null;
    setMissing(lacks);
    if (lacks !== null) return (lacks === "user" ? userBox : passwordBox).current?.focus();
    if (waitS > 0) return;
    const reply = await attempt(name, password);
    if (reply !== null) return onDone(reply);
    passwordBox.current?.focus();
    passwordBox.current?.select();
  };
  return (
    <form
      onSubmit={(event) => void submit(event)}
      aria-label="Log in"
      noValidate
      className="flex flex-col gap-4"
    >
      <Field label="Name" error={missing === "user" ? "Who are you?" : undefined}>
        {(ids) => (
          <Input
            {...ids}
            ref={userBox}
            className={tall}
            autoComplete="username"
            autoCapitalize="none"
            autoFocus={user === ""}
            defaultValue={user}
            maxLength={200}
          />
        )}
      </Field>
      <PasswordField
        box={passwordBox}
        focused={user !== ""}
        error={missing === "password" ? "The password is missing." : undefined}
      />
      <p role="alert" className="min-h-5 text-sm text-failed empty:hidden">
        {waitS > 0 ? `Too many attempts. Try again in ${waitS} s.` : failure}
      </p>
      <Button
        type="submit"
        tone="primary"
        className="h-10! w-full"
        busy={busy}
        disabledReason={waitS > 0 ? `Try again in ${waitS} s.` : null}
      >
        {busy ? "Logging in…" : "Log in"}
      </Button>
    </form>
  );
}

interface PasswordFieldProps {
  box: RefObject<HTMLInputElement | null>;
  focused: boolean;
  error: string | undefined;
}

function PasswordField({ box, focused, error }: PasswordFieldProps) {
  const [seen, setSeen] = useState(false);
  const [capitals, setCapitals] = useState(false);
  const look = (event: KeyboardEvent) => setCapitals(event.getModifierState("CapsLock"));
  return (
    <Field label="Password" error={error} hint={capitals ? "Caps Lock is on." : undefined}>
      {(ids) => (
        <span className="relative">
          <Input
            {...ids}
            ref={box}
            className={`${tall} pr-11`}
            type={seen ? "text" : "password"}
            autoComplete="current-password"
            autoFocus={focused}
            maxLength={1_024}
            onKeyUp={look}
          />
          <IconButton
            label={seen ? "Hide the password" : "Show the password"}
            aria-pressed={seen}
            className="absolute top-1 right-1"
            onClick={() => setSeen(!seen)}
          >
            {seen ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
          </IconButton>
        </span>
      )}
    </Field>
  );
}
