/** One chunk of Vite's manifest, as far as its size matters. */
export interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
}

/** A built site: its manifest, and what is in a chunk by its key there. */
export interface Build {
  manifest: Readonly<Record<string, Chunk>>;
  read(key: string): string | Buffer;
}

/** The chunks a browser must have before the screen of this source file may show; throws where the build has no entry. */
export function initialChunks({ manifest }: Build, screen: string): string[] {
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry);
  if (entry === undefined) throw new Error("The build has no entry; run `pnpm build` first.");
  const first = Object.keys(manifest).find((key) => key.endsWith(screen));
  if (first === undefined) throw new Error(`The build has no ${screen}.`);
  const seen = new Set<string>();
  const visit = (key: string): void => {
    if (manifest[key] === undefined || seen.has(key)) return;
    seen.add(key);
    for (const next of manifest[key].imports ?? []) visit(next);
  };
  visit(entry);
  visit(first);
  return [...seen];
}

/**
 * What is wrong with how something loads that nobody needs at first, found by a text that only its code holds. A mark that
 * is nowhere would say "not in the first chunks" of anything, so it is wrong too.
 */
export function lazyComplaint(
  { manifest, read }: Build,
  initial: readonly string[],
  name: string,
  mark: string,
): string | null {
  const holders = Object.keys(manifest).filter((key) => read(key).includes(mark));
  if (holders.length === 0) return `no chunk holds "${mark}", by which ${name} is known; name a new mark`;
  const early = holders.filter((key) => initial.includes(key));
  return early.length === 0 ? null : `${name} is in the initial chunks; import it lazily`;
}
