/** Does something to each, at most `width` at a time, in order; results keep their places. */
export async function each<In, Out>(
  all: readonly In[],
  width: number,
  work: (one: In) => Promise<Out>,
  finished?: (count: number) => void,
): Promise<Out[]> {
  const results: Out[] = [];
  let next = 0;
  let done = 0;
  const lane = async () => {
    for (let at = next++; at < all.length; at = next++) {
      results[at] = await work(all[at] as In);
      finished?.(++done);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, all.length) }, lane));
  return results;
}
