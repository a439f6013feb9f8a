import { cx } from "../../ui/cx.ts";
import { useSession } from "./use-session.ts";

const tones = {
  red: "border-failed/60 bg-danger-wash text-failed",
  amber: "border-paused/60 bg-warn-wash text-paused",
  green: "border-completed/50 bg-good-wash text-completed",
  none: "border-line bg-raised text-dim",
};

/** In a dialog, on a line of its own: only where it has a name, for else there is nothing to be told apart from. */
export const EnvironmentLine = () =>
  useSession().environment.name === null ? null : (
    <div>
      <EnvironmentName />
    </div>
  );

/** Which system this is, in the colour its people gave it. */
export function EnvironmentName() {
  const { environment } = useSession();
  return (
    <span
      className={cx(
        "inline-flex h-6 max-w-48 shrink-0 items-center self-center truncate rounded border px-2 text-xs font-semibold",
        tones[environment.tone ?? "none"],
      )}
    >
      {environment.name ?? "local"}
    </span>
  );
}
