import type { FellBack } from "../../lib/url-state.ts";

/** Says which parts of a pasted address could not be used. */
export function FellBackNote({ fellBack }: { fellBack: readonly FellBack[] }) {
  if (fellBack.length === 0) return null;
  return (
    <p
      role="status"
      className="rounded-md border border-paused/50 bg-warn-wash px-3 py-2 text-sm text-paused"
    >
      Not understood in the address, so left out:{" "}
      {fellBack.map(({ field, text }) => `${field} “${text.slice(0, 60)}”`).join(", ")}
    </p>
  );
}
