/** One chunk of Vite's manifest, as far as its size matters. */
export interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
  dynamicImports?: string[];
}

/** A built site: its manifest, and what is in a chunk by its key there. */
export interface Build {
  manifest: Readonly<Record<string, Chunk>>;
  read(key: string): string | Buffer;
}

/** The first screen: the end of its source's path, and a text that only its code holds. */
export interface FirstScreen {
  source: string;
  mark: string;
}

/**
 * The chunks a browser must have before the first screen may show. Its code may be one of them or part of one; throws where
 * the build has no entry, or none of them holds the screen.
 */
export function initialChunks({ manifest, read }: Build, { source, mark }: FirstScreen): string[] {
  const entry = Object.keys(manifest).find((key) => manifest[key]?.isEntry);
  if (entry === undefined) throw new Error("The build has no entry; run `pnpm build` first.");
  const seen = new Set<string>();
  const visit = (key: string): void => {
    if (manifest[key] === undefined || seen.has(key)) return;
    seen.add(key);
    for (const next of manifest[key].imports ?? []) visit(next);
  };
  visit(entry);
  // The page begins with a few lines that ask for the app: it is needed as much as what they import.
  for (const key of manifest[entry]?.dynamicImports ?? []) visit(key);
  for (const key of Object.keys(manifest)) if (key.endsWith(source)) visit(key);
  if (![...seen].some((key) => read(key).includes(mark)))
    throw new Error(`The build has no ${source}: no initial chunk holds "${mark}".`);
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
