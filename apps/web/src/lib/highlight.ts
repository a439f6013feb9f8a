export interface Piece {
  text: string;
  hit: boolean;
}

/** A text cut at every place where `wanted` occurs, case-insensitively. */
export function cutAtHits(text: string, wanted: string): Piece[] {
  if (wanted === "") return [{ text, hit: false }];
  const low = text.toLowerCase();
  const want = wanted.toLowerCase();
  // Where lower case changes a text's length, places no longer agree.
  if (low.length !== text.length) return [{ text, hit: false }];
  const pieces: Piece[] = [];
  let at = 0;
  for (let hit = low.indexOf(want); hit !== -1; hit = low.indexOf(want, at)) {
    if (hit > at) pieces.push({ text: text.slice(at, hit), hit: false });
    at = hit + want.length;
    pieces.push({ text: text.slice(hit, at), hit: true });
  }
  if (at < text.length) pieces.push({ text: text.slice(at), hit: false });
  return pieces;
}

/** The part of a text that shows its first hit: cut in front if the hit would be too far to the right to be seen. */
export function windowOnHit(text: string, wanted: string, width = 160, lead = 24): string {
  const hit = wanted === "" ? -1 : text.toLowerCase().indexOf(wanted.toLowerCase());
  const from = hit > lead * 2 ? hit - lead : 0;
  return `${from > 0 ? "…" : ""}${text.slice(from, from + width)}`;
}
