/** Where points lie: `x` of each, and how a value becomes a height. */
interface Places {
  x: readonly number[];
  y: (value: number) => number;
}

const pixel = (place: number): string => String(Math.round(place * 10) / 10);

/** A line as path pieces: null breaks it, and a point with none beside it becomes a dot. */
export function linePath(values: readonly (number | null)[], { x, y }: Places): string {
  let drawing = false;
  let path = "";
  for (const [index, value] of values.entries()) {
    const at = x[index];
    if (value === null || at === undefined) {
      drawing = false;
      continue;
    }
    path += `${drawing ? "L" : "M"}${pixel(at)} ${pixel(y(value))}`;
    if (!drawing) path += "h0";
    drawing = true;
  }
  return path;
}
