import { TriangleAlert } from "lucide-react";
import { causeWords } from "../../api/problem-words.ts";
import { useSession } from "../../features/session/use-session.ts";
import { shownTime } from "../../lib/format.ts";
import { RelativeTime } from "../../ui/relative-time.tsx";

/** While the engine can't be reached: why, and from when everything on screen is. */
export function EngineBanner() {
  const { engine } = useSession();
  if (engine.status.status === "ok") return null;
  const { cause, detail, last_ok_at } = engine.status;
  return (
    <div
      role="alert"
      className="flex items-start gap-3 border-b border-failed/40 bg-danger-wash px-4 py-3 text-sm sm:px-6"
    >
      <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-failed" />
      <p>
        <strong className="text-failed">Cannot reach {engine.name}.</strong> {causeWords(cause)}
        {detail === null || detail.includes(engine.name) ? null : <span className="text-dim"> {detail}</span>}{" "}
        {last_ok_at === null ? (
          "It has not answered since Spillway started."
        ) : (
          <>
            What you see was true at {shownTime(last_ok_at)}, <RelativeTime at={last_ok_at} />.
          </>
        )}{" "}
        <span className="text-dim">It is tried again all the time; this page heals by itself.</span>
      </p>
    </div>
  );
}
