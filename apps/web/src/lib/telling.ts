const weight: Record<string, number> = { deploy: 3, incident: 2, note: 1 };

/** Where there is room for a few: what explains a change before what was said or done about it, the latest first; by time. */
export function mostTelling<M extends { kind: string; at: string }>(
  markers: readonly M[],
  most: number,
): M[] {
  return markers
    .toSorted((a, b) => (weight[b.kind] ?? 0) - (weight[a.kind] ?? 0) || b.at.localeCompare(a.at))
    .slice(0, most)
    .toSorted((a, b) => a.at.localeCompare(b.at));
}
