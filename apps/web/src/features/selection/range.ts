/** The places of two ids in a list, smaller first; an id that is no longer there makes a range of the other alone. */
export function rangeBetween(ids: readonly string[], one: string, other: string): [number, number] {
  const to = ids.indexOf(other);
  const from = ids.indexOf(one);
  return from === -1 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
}
