/** How steeply y grows with x: the median of the slopes between any two points, which a few outliers do not move (Theil and Sen). */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const slopes = points.flatMap(([x, y], i) =>
    points.slice(i + 1).flatMap(([laterX, laterY]) => (laterX === x ? [] : [(laterY - y) / (laterX - x)])),
  );
  slopes.sort((a, b) => a - b);
  const middle = slopes.length >> 1;
  const [low = Number.NaN, high = low] = slopes.slice(slopes.length % 2 === 0 ? middle - 1 : middle);
  return slopes.length % 2 === 0 ? (low + high) / 2 : low;
}
