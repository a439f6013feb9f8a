import { cutAtHits } from "../lib/highlight.ts";

/** A text with the places marked where it matches what was searched for. */
export function Highlight({ text, wanted }: { text: string; wanted: string }) {
  return cutAtHits(text, wanted).map(({ text: piece, hit }, index) =>
    hit ? (
      <mark
        key={`${index}`}
        className="rounded-xs bg-warn-wash text-paused underline decoration-2 underline-offset-2"
      >
        {piece}
      </mark>
    ) : (
      piece
    ),
  );
}
