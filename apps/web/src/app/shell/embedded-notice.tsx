import { useSession } from "../../features/session/use-session.ts";
import { lazily } from "../../ui/lazily.tsx";

const RehearsalLine = lazily(() => import("./rehearsal-line.tsx"));

/** The embedded engine is for trying and rehearsing, and says so. Who runs a real one does not load it. */
export function EmbeddedNotice() {
  const { engine } = useSession();
  if (!engine.embedded) return null;
  return (
    // The room is there before the words, so that nothing jumps.
    <div className="min-h-9 touch:min-h-[45px] border-b border-line">
      <RehearsalLine engine={engine} />
    </div>
  );
}
