type Path = readonly PropertyKey[];

/**
 * The line (from 1) on which the value at `path` begins in a valid JSON text; of a missing value, the line of the
 * nearest ancestor that is there.
 */
export function lineOfPath(text: string, path: Path): number {
  const offsets = new Map<string, number>();
  const tokens = [...text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g)];
  let at = 0;

  function walk(here: Path): void {
    const token = tokens[at];
    offsets.set(keyOf(here), token?.index ?? 0);
    at += 1;
    if (token?.[0] === "{") walkObject(here);
    else if (token?.[0] === "[") walkArray(here);
  }
  function walkObject(here: Path): void {
    while (tokens[at] && tokens[at]?.[0] !== "}") {
      const key: unknown = JSON.parse(tokens[at]?.[0] ?? '""');
      at += 2;
      walk([...here, String(key)]);
      if (tokens[at]?.[0] === ",") at += 1;
    }
    at += 1;
  }
  function walkArray(here: Path): void {
    for (let index = 0; tokens[at] && tokens[at]?.[0] !== "]"; index += 1) {
      walk([...here, index]);
      if (tokens[at]?.[0] === ",") at += 1;
    }
    at += 1;
  }

  walk([]);
  const found = path.map((_, index) => offsets.get(keyOf(path.slice(0, path.length - index))));
  const offset = found.find((each) => each !== undefined) ?? 0;
  return text.slice(0, offset).split("\n").length;
}

const keyOf = (path: Path): string => JSON.stringify(path.map(String));
