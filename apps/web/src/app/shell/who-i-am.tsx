import { LogOut, UserRound } from "lucide-react";
import { howKnown } from "../../features/session/how-known.ts";
import { askName } from "../../features/session/name-line.tsx";
import { useSession } from "../../features/session/use-session.ts";
import { Button } from "../../ui/button.tsx";
import { Menu, type MenuEntry } from "../../ui/menu.tsx";

/** Its code loads when somebody leaves. */
const logOut = async (): Promise<void> => (await import("../../features/session/log-out.ts")).logOut();

/** Who is logged in, as the first entry of a menu, and how to get out. */
export function useAccountEntries(): MenuEntry[] {
  const session = useSession();
  if (session.auth.mode === "none") return [{ key: "name", text: "Your name", onPick: askName }];
  const who = {
    key: "who",
    text: session.actor.name,
    onPick: () => undefined,
    disabledReason: howKnown(session),
  };
  if (!session.auth.can_log_out) return [who];
  const icon = <LogOut size={14} aria-hidden className="shrink-0" />;
  return [who, { key: "out", text: "Log out", icon, onPick: () => void logOut() }];
}

export function WhoIAm() {
  const { actor, auth } = useSession();
  const entries = useAccountEntries();
  const icon = <UserRound size={14} aria-hidden className="shrink-0" />;
  if (auth.mode === "none")
    return (
      <Button
        tone="quiet"
        data-tip="Nobody checks names here. Press to change yours."
        className="max-w-52 max-sm:hidden"
        icon={icon}
        onClick={askName}
      >
        <span className="truncate">{actor.name}</span>
        <span className="text-2xs text-faint">unverified</span>
      </Button>
    );
  return (
    <span className="max-w-52 min-w-0 max-sm:hidden">
      <Menu
        label={`${actor.name}, your account`}
        trigger={
          <>
            {icon}
            <span className="max-w-36 truncate">{actor.name}</span>
          </>
        }
        entries={entries}
      />
    </span>
  );
}
